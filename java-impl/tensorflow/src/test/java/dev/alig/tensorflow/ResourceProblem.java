package dev.alig.tensorflow;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.family.TNumber;

/**
 * A small network with two variables, w and b, either of which is a resource variable or a
 * reference variable. Its graph is written to bytes and imported, as one from Python is.
 */
final class ResourceProblem<T extends TNumber> implements AutoCloseable {
  /** Names of Python's variables lie in scopes. */
  static final String B_NAME = "layer/b";

  private static final double[] W = {0.3, -2, 1.7, 0.6, 0.9, -0.8};
  private static final double[] B = {0.25, -1.1};

  final Graph graph = new Graph();
  private final Map<String, Operand<?>> values = new HashMap<>();
  final AliG optimizer;
  final Op train;

  /** Imports the network, and minimizes its loss. */
  ResourceProblem(
      Class<T> type, boolean wIsResource, boolean bIsResource, Consumer<AliGBuilder> settings) {
    importFrom(graph, original -> build(Ops.create(original), type, wIsResource, bIsResource));
    AliGBuilder builder = AliG.builder(graph);
    settings.accept(builder);
    optimizer = builder.build();
    train = optimizer.minimize(loss(), "train");
  }

  /** Builds a graph, and imports its definition into another graph. */
  static void importFrom(Graph into, Consumer<Graph> build) {
    try (Graph original = new Graph()) {
      build.accept(original);
      into.importGraphDef(GraphDef.parseFrom(original.toGraphDef().toByteArray()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A resource variable with its initializer, whose name is added to the list. */
  static VarHandleOp resource(
      Ops tf, String name, Operand<? extends TNumber> value, List<Op> initializers) {
    VarHandleOp handle =
        Trainable.named(tf, name)
            .varHandleOp(value.type(), value.shape(), VarHandleOp.sharedName(name));
    initializers.add(tf.assignVariableOp(handle, value));
    return handle;
  }

  private static <T extends TNumber> void build(
      Ops tf, Class<T> type, boolean wIsResource, boolean bIsResource) {
    List<Op> initializers = new ArrayList<>();
    Operand<T> start =
        tf.reshape(tf.dtypes.cast(tf.constant(W), type), tf.constant(new int[] {3, 2}));
    Operand<T> w = read(tf, "w", start, wIsResource, initializers);
    Operand<T> b =
        read(tf, B_NAME, tf.dtypes.cast(tf.constant(B), type), bIsResource, initializers);
    Operand<T> x =
        tf.dtypes.cast(tf.constant(new double[][] {{1, 0.3, 2.1}, {-0.4, 1.2, 0.7}}), type);
    tf.withName("loss").nn.l2Loss(tf.math.tanh(tf.math.add(tf.linalg.matMul(x, w), b)));
    tf.withControlDependencies(initializers).withName("init").noOp();
  }

  private static <T extends TNumber> Operand<T> read(
      Ops tf, String name, Operand<T> start, boolean resource, List<Op> initializers) {
    if (resource) {
      return tf.readVariableOp(resource(tf, name, start, initializers), start.type());
    }
    Operand<T> variable = Trainable.named(tf, name).variable(start.shape(), start.type());
    initializers.add(tf.assign(variable, start));
    return variable;
  }

  Operand<?> loss() {
    return graph.operation("loss").output(0);
  }

  Output<?> variable(String name) {
    return graph.operation(name).output(0);
  }

  private Operand<?> value(Output<?> variable) {
    return values.computeIfAbsent(variable.op().name(), name -> Values.value(variable));
  }

  /** A session whose variables have their first values, and lie in the ball if there is one. */
  Session begin() {
    Session session = new Session(graph);
    session.run("init");
    if (optimizer.settings().ball().isBounded()) {
      session.run(optimizer.projection());
    }
    return session;
  }

  /** The variables, their momentum if there is any, and the loss. */
  List<List<Double>> state(Session session) {
    List<Operand<?>> operands = new ArrayList<>();
    for (String name : List.of("w", B_NAME)) {
      operands.add(value(variable(name)));
      optimizer.momentum(variable(name)).ifPresent(slot -> operands.add(value(slot)));
    }
    operands.add(loss());
    return Values.ofAll(session, operands);
  }

  /** Takes steps, and lists what each reported and the state after it. */
  List<List<Double>> steps(Session session, int number) {
    List<List<Double>> all = new ArrayList<>();
    for (int step = 0; step < number; step++) {
      Session.Runner runner = session.runner().addTarget(train);
      optimizer.stepSizes().forEach(runner::fetch);
      runner.fetch(optimizer.unclippedStepSize()).fetch(optimizer.gradientNorm());
      try (Result result = runner.run()) {
        result.forEach(entry -> all.add(Values.of(entry.getValue())));
      }
      all.addAll(state(session));
    }
    return all;
  }

  @Override
  public void close() {
    graph.close();
  }
}
