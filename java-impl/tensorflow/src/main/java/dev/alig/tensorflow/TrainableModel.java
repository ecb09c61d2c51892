package dev.alig.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.family.TType;

/**
 * A SavedModel, such as {@code tf.saved_model.save} and Keras's {@code model.export} write in
 * Python, as a graph that can be trained.
 *
 * <pre>{@code
 * try (TrainableModel model = TrainableModel.load(folder)) {
 *   Operand<TFloat32> x = model.input("serving_default", "x");
 *   Operand<TFloat32> prediction = model.output("serving_default", "output_0");
 *   Operand<TFloat32> loss = ...; // with Ops.create(model.graph())
 *   Op train = optimizer.minimize(loss, model.trainableVariables("serving_default"));
 *   try (Session session = model.restoredSession()) {
 *     session.runner().feed(x, batch).addTarget(train).run();
 *     model.export(session, trained);
 *   }
 * }
 * }</pre>
 *
 * <p>Python puts the computation of a SavedModel into functions, and TensorFlow-Java's gradients do
 * not reach the variables that a function reads. So the calls are replaced by the operations of the
 * functions, which compute the same. Operations that no signature needs are left out.
 *
 * <p>Not thread-safe, like the graph.
 */
public final class TrainableModel implements AutoCloseable {
  private static final String TAG = "serve";
  private static final String FILE = "saved_model.pb";

  private final MetaGraphDef model;
  private final Inliner inliner;
  private final SavedVariables variables;
  private final SavedModelFiles files;
  private final Graph graph;

  private TrainableModel(Path folder, MetaGraphDef model) {
    this.model = model;
    this.inliner = new Inliner(Inliner.needed(model.getGraphDef(), roots(model)));
    this.variables = new SavedVariables(model, inliner.graph());
    Map<String, String> doubles =
        variables.doubles(
            model.getSignatureDefMap().keySet().stream().flatMap(this::calls).toList());
    this.graph = imported(inliner.graph());
    this.files = new SavedModelFiles(folder, model, this::output, doubles);
  }

  private static Graph imported(GraphDef definition) {
    Graph graph = new Graph();
    try {
      graph.importGraphDef(definition);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
    return graph;
  }

  /**
   * Reads a SavedModel's graph. Its variables get their values in {@link #restoredSession}.
   *
   * @param folder the folder of {@code saved_model.pb}
   * @throws IOException if that cannot be read
   * @throws IllegalArgumentException if the model has no graph with the tag {@code serve}; if that
   *     has no variables, a variable that is not saved, or an operation that this TensorFlow does
   *     not know
   */
  public static TrainableModel load(Path folder) throws IOException {
    SavedModel saved = SavedModel.parseFrom(Files.readAllBytes(folder.resolve(FILE)));
    for (MetaGraphDef model : saved.getMetaGraphsList()) {
      if (model.getMetaInfoDef().getTagsList().contains(TAG)) {
        if (model.getSaverDef().getRestoreOpName().isEmpty()) {
          throw new IllegalArgumentException(
              "the SavedModel %s has no variables, so there is nothing to train".formatted(folder));
        }
        return new TrainableModel(folder, model);
      }
    }
    throw new IllegalArgumentException(
        "the SavedModel %s has no graph with the tag '%s'; export it again with that tag"
            .formatted(folder, TAG));
  }

  /**
   * The part of a graph that computes some operations, with the operations of functions in place of
   * their calls. Use it for a GraphDef whose functions would be refused, or to leave out a saver
   * from Python, which knows no momentum.
   *
   * <p>Names stay. Result i of a call {@code c} is output 0 of the operation {@code c} if i is 0,
   * and of {@code c/result_i} otherwise.
   *
   * @param operations the names of operations, such as {@code "loss"} and {@code "init"}
   * @throws IllegalArgumentException if the graph has no operation of such a name, lacks a function
   *     that it calls, or has an operation that this TensorFlow does not know
   */
  public static GraphDef extract(GraphDef graph, String... operations) {
    return new Inliner(Inliner.needed(graph, List.of(operations))).graph();
  }

  /** The operations that signatures need, and those that save, restore and initialize. */
  private static Set<String> roots(MetaGraphDef model) {
    SaverDef saver = model.getSaverDef();
    Stream<String> ofSaver =
        Stream.of(
            saver.getFilenameTensorName(), saver.getSaveTensorName(), saver.getRestoreOpName());
    Stream<TensorInfo> ofSignatures =
        model.getSignatureDefMap().values().stream()
            .flatMap(s -> Stream.of(s.getInputsMap(), s.getOutputsMap()))
            .flatMap(map -> map.values().stream());
    Stream<TensorInfo> assets =
        model.getAssetFileDefList().stream().map(AssetFileDef::getTensorInfo);
    return Stream.concat(ofSaver, Stream.concat(ofSignatures, assets).map(TensorInfo::getName))
        .map(Inliner::operationOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The calls of functions that compute the outputs of a signature. */
  private Stream<NodeDef> calls(String signature) {
    return outputs(signature).values().stream()
        .map(tensor -> inliner.operation(tensor.getName()))
        .filter(Inliner::isCall)
        .distinct();
  }

  /** The graph, for the loss and the optimizer. */
  public Graph graph() {
    return graph;
  }

  /**
   * The placeholder of an input.
   *
   * @param signature the name of a signature, such as {@code serving_default}
   * @param name the name of an input in it
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   */
  public <T extends TType> Operand<T> input(String signature, String name) {
    return operand(named("input of signature " + signature, inputs(signature), name));
  }

  /**
   * An output, which the graph computes from the inputs.
   *
   * @param signature the name of a signature, such as {@code serving_default}
   * @param name the name of an output in it
   * @throws IllegalArgumentException if there is none; the message lists those that there are
   */
  public <T extends TType> Operand<T> output(String signature, String name) {
    return operand(named("output of signature " + signature, outputs(signature), name));
  }

  private Map<String, TensorInfo> inputs(String signature) {
    return named("signature", model.getSignatureDefMap(), signature).getInputsMap();
  }

  private Map<String, TensorInfo> outputs(String signature) {
    return named("signature", model.getSignatureDefMap(), signature).getOutputsMap();
  }

  private static <V> V named(String what, Map<String, V> all, String name) {
    V value = all.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "there is no %s named '%s'; there are %s"
              .formatted(what, name, new TreeSet<>(all.keySet())));
    }
    return value;
  }

  /** Python wrote the tensor's type; a wrong one fails where the operand is used. */
  private <T extends TType> Operand<T> operand(TensorInfo tensor) {
    return output(tensor.getName());
  }

  @SuppressWarnings("unchecked")
  private <T extends TType> Output<T> output(String tensor) {
    String name = inliner.tensor(tensor);
    int colon = name.indexOf(':');
    int index = colon < 0 ? 0 : Integer.parseInt(name.substring(colon + 1));
    return (Output<T>) graph.operationOrThrow(Inliner.operationOf(name)).output(index);
  }

  /**
   * The handles of the variables that a signature uses and that are trainable in Python. Other
   * variables of a model are, for example, the running means of a batch normalization.
   *
   * @throws IllegalArgumentException if there is no such signature, or the SavedModel does not say
   *     which variables are trainable, as those of TensorFlow 1
   */
  public List<Output<?>> trainableVariables(String signature) {
    List<Output<?>> trainable =
        calls(signature)
            .flatMap(call -> variables.trainable(call).stream())
            .distinct()
            .<Output<?>>map(this::output)
            .toList();
    if (trainable.isEmpty()) {
      throw new IllegalArgumentException(
          "the SavedModel does not say which variables of signature %s are trainable; list their handles, such as graph.operation(\"w\").output(0)"
              .formatted(signature));
    }
    return trainable;
  }

  /**
   * A new session in which the variables have the values of the SavedModel, and the momentum of an
   * optimizer that has built its step is zero.
   */
  public Session restoredSession() {
    Session session = new Session(graph);
    try {
      files.restore(session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    return session;
  }

  /**
   * Writes the SavedModel into another folder, with the variables' values in a session. Python,
   * TensorFlow Serving and {@link #load} read it like the first. It holds no momentum; to go on
   * with a run, use {@code Session.save} as well.
   *
   * @throws IOException if the folder has a SavedModel already, or cannot be written
   */
  public void export(Session session, Path into) throws IOException {
    files.export(session, into);
  }

  @Override
  public void close() {
    graph.close();
  }
}
