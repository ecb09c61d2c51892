package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;

/**
 * The variables of a SavedModel: Python's objects, the handles that stand for them in the graph,
 * and their names in the checkpoint.
 *
 * <p>A SavedModel of Keras may have two handles for one variable of Python: one that the signatures
 * read, and one that is saved and restored.
 */
final class SavedVariables {
  private static final String KEY_END = "/.ATTRIBUTES/VARIABLE_VALUE";

  /** The list in which Keras puts variables that are not trained; their own flags do not tell. */
  private static final String NOT_TRAINED = "non_trainable_variables";

  private final SavedObjectGraph objects;
  private final Map<String, NodeDef> nodes;

  /** By object, the handle that the restoring of the checkpoint sets. */
  private final Map<Integer, String> restored = new HashMap<>();

  /**
   * Reads the variables.
   *
   * @param graph the SavedModel's graph without calls
   */
  SavedVariables(MetaGraphDef model, GraphDef graph) {
    this.objects = model.getObjectGraphDef();
    this.nodes =
        graph.getNodeList().stream()
            .collect(Collectors.toMap(NodeDef::getName, Function.identity()));
    String restore = Inliner.operationOf(model.getSaverDef().getRestoreOpName());
    for (NodeDef node : Inliner.needed(graph, List.of(restore)).getNodeList()) {
      if (node.getOp().equals(AssignVariableOp.OP_NAME)) {
        key(node.getInput(1))
            .flatMap(this::object)
            .ifPresent(object -> restored.put(object, node.getInput(0)));
      }
    }
  }

  /** The name in the checkpoint of a tensor that is restored. */
  private Optional<String> key(String tensor) {
    NodeDef node = node(tensor);
    if (node.getOp().equals("Identity")) {
      return key(node.getInput(0));
    }
    if (!node.getOp().equals("RestoreV2")) {
      return Optional.empty();
    }
    int index = tensor.contains(":") ? Integer.parseInt(tensor.replaceAll(".*:", "")) : 0;
    NodeDef names = node(node.getInput(1));
    return Optional.of(
        names.getAttrOrThrow("value").getTensor().getStringVal(index).toStringUtf8());
  }

  private NodeDef node(String tensor) {
    return nodes.getOrDefault(Inliner.operationOf(tensor), NodeDef.getDefaultInstance());
  }

  /** The object whose value has a name in the checkpoint, which is the way to it from the root. */
  private Optional<Integer> object(String key) {
    Optional<Integer> object = Optional.of(0).filter(root -> objects.getNodesCount() > 0);
    if (!key.endsWith(KEY_END)) {
      return Optional.empty();
    }
    for (String step : key.substring(0, key.length() - KEY_END.length()).split("/", -1)) {
      object = object.map(o -> children(o).get(step));
    }
    return object;
  }

  /** The parts of an object, by their names as the checkpoint writes them. */
  private Map<String, Integer> children(int object) {
    Map<String, Integer> children = new LinkedHashMap<>();
    objects
        .getNodes(object)
        .getChildrenList()
        .forEach(
            child ->
                children.put(
                    child.getLocalName().replace(".", "..").replace("/", ".S"), child.getNodeId()));
    return children;
  }

  /** The inputs of a call that are variables which Python trains. */
  List<String> trainable(NodeDef call) {
    List<String> trainable = new ArrayList<>();
    Optional<Integer> frozen =
        objects.getNodesCount() == 0
            ? Optional.empty()
            : Optional.ofNullable(children(0).get(NOT_TRAINED));
    forEachCaptured(
        call,
        (object, handle) -> {
          boolean flagged = objects.getNodes(object).getVariable().getTrainable();
          if (flagged && frozen.stream().noneMatch(f -> children(f).containsValue(object))) {
            trainable.add(handle);
          }
        });
    return trainable;
  }

  /**
   * The handles that calls take, each with the handle of the same variable that is saved and
   * restored, where that is another.
   *
   * @throws IllegalArgumentException if the value of a variable is not restored
   */
  Map<String, String> doubles(Collection<NodeDef> calls) {
    Map<String, String> doubles = new LinkedHashMap<>();
    for (NodeDef call : calls) {
      forEachCaptured(
          call,
          (object, handle) -> {
            String saved = restored.get(object);
            if (saved == null) {
              throw new IllegalArgumentException(
                  "the SavedModel has no value for variable %s, which a signature uses; save it again in Python, a model of Keras with model.export"
                      .formatted(handle));
            }
            if (!saved.equals(handle)) {
              doubles.put(handle, saved);
            }
          });
    }
    return doubles;
  }

  /** Visits the variables that a function captures, which are its last inputs. */
  private void forEachCaptured(NodeDef call, BiConsumer<Integer, String> visitor) {
    SavedConcreteFunction function =
        objects.getConcreteFunctionsOrDefault(
            Inliner.functionOf(call), SavedConcreteFunction.getDefaultInstance());
    List<String> inputs = Inliner.data(call.getInputList());
    int first = inputs.size() - function.getBoundInputsCount();
    for (int i = 0; i < function.getBoundInputsCount(); i++) {
      SavedObject object = objects.getNodes(function.getBoundInputs(i));
      if (object.hasVariable()) {
        visitor.accept(function.getBoundInputs(i), inputs.get(first + i));
      }
    }
  }
}
