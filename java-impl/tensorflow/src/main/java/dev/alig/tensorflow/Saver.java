package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The operations by which {@code Session.save}, {@code restore} and the export of a SavedModel save
 * variables. TensorFlow-Java finds them by their names. Its own save reference variables only.
 */
final class Saver {
  private static final String SCOPE = "save";
  private static final String FILE = "filename";
  private static final String SAVE = "control_dependency";
  private static final String RESTORE = "restore_all";

  private Saver() {}

  /** Whether the graph has such operations. */
  static boolean isIn(Graph graph) {
    return graph.operation(SCOPE + "/" + RESTORE) != null;
  }

  /**
   * Adds a saver of all variables if the graph has resource variables, but no saver yet. In a
   * checkpoint each variable has the name that Python's {@code tf.compat.v1.train.Saver} gives it.
   */
  static void addForResources(Graph graph) {
    Map<String, Trainable<TType>> variables = new LinkedHashMap<>();
    boolean resources = false;
    for (GraphOperation operation : operations(graph)) {
      if (Trainable.isVariable(operation) && isSaved(operation)) {
        Trainable<TType> variable = Trainable.of(operation.output(0));
        variables.putIfAbsent(name(variable), variable);
        resources |= Trainable.isResource(operation);
      }
    }
    if (resources && !isIn(graph)) {
      add(Ops.create(graph).withSubScope(SCOPE), variables);
    }
  }

  private static List<GraphOperation> operations(Graph graph) {
    List<GraphOperation> operations = new ArrayList<>();
    graph.operations().forEachRemaining(operations::add);
    return operations;
  }

  /** Whether the elements are numbers, booleans or strings, and no handles. */
  private static boolean isSaved(GraphOperation operation) {
    return switch (operation.attributes().getAttrType("dtype")) {
      case DT_RESOURCE, DT_VARIANT -> false;
      default -> true;
    };
  }

  private static String name(Trainable<?> variable) {
    return variable instanceof Trainable.Resource<?> resource && !resource.sharedName().isEmpty()
        ? resource.sharedName()
        : variable.output().op().name();
  }

  private static void add(Ops tf, Map<String, Trainable<TType>> variables) {
    Operand<TString> file = tf.withName(FILE).placeholder(TString.class);
    Operand<TString> names =
        tf.constant(NdArrays.vectorOfObjects(variables.keySet().toArray(new String[0])));
    Operand<TString> whole = tf.zerosLike(names);
    List<Operand<?>> values = new ArrayList<>();
    List<Class<? extends TType>> types = new ArrayList<>();
    for (Trainable<TType> variable : variables.values()) {
      values.add(variable.value(tf));
      types.add(variable.type());
    }
    Op saved = tf.train.save(file, names, whole, values);
    tf.withControlDependencies(saved).withName(SAVE).identity(file);
    List<Output<?>> restored = tf.train.restore(file, names, whole, types).tensors();
    List<Op> assigned = new ArrayList<>();
    int next = 0;
    for (Trainable<TType> variable : variables.values()) {
      assigned.add(variable.assign(tf, typed(restored.get(next++))));
    }
    tf.withControlDependencies(assigned).withName(RESTORE).noOp();
  }

  /** A checkpoint is read with the types of the variables. */
  @SuppressWarnings("unchecked")
  private static Operand<TType> typed(Output<?> restored) {
    return (Operand<TType>) restored;
  }
}
