package dev.alig.benchmark.contender;

import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * A graph with a variable, a gradient and a loss that have the data of a setting.
 *
 * <p>Gradient and loss are read from resource variables: a constant would be computed with once,
 * when the graph is optimized, and a feed or a variable of the old kind costs a copy that training
 * does not have.
 *
 * @param <T> the type of the elements
 */
final class TensorFlowModel<T extends TNumber> implements AutoCloseable {
  private final Class<T> type;
  private final Shape shape;
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Placeholder<T> given;
  private final Variable<T> variable;
  private final Held<T> gradient;
  private final Held<T> loss;
  private final Session session;

  TensorFlowModel(Class<T> type, int n) {
    this.type = type;
    this.shape = Shape.of(n);
    given = tf.placeholder(type, Placeholder.shape(Shape.unknown()));
    variable = tf.withName("w").variable(shape, type);
    gradient = held("gradient", shape);
    loss = held("loss", Shape.scalar());
    int threads = Threads.count();
    session =
        new Session(
            graph,
            ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(threads)
                .build());
  }

  /** A tensor that is neither constant nor fed, and the operation that sets it to what is given. */
  private record Held<T extends TType>(Operand<T> value, Op assignment) {}

  private Held<T> held(String name, Shape itsShape) {
    var handle = tf.varHandleOp(type, itsShape, VarHandleOp.sharedName(name));
    Op assignment = tf.assignVariableOp(handle, given);
    return new Held<>(tf.readVariableOp(handle, type), assignment);
  }

  Ops tf() {
    return tf;
  }

  Graph graph() {
    return graph;
  }

  Class<T> type() {
    return type;
  }

  Variable<T> variable() {
    return variable;
  }

  Operand<T> gradient() {
    return gradient.value();
  }

  Operand<T> loss() {
    return loss.value();
  }

  /** Puts the data in; once the graph is complete. */
  void fill(Setting setting) {
    Op start = tf.assign(variable, given);
    put(setting, Data.PARAMETERS, start);
    put(setting, Data.GRADIENTS, gradient.assignment());
    try (TType value = scalar(setting.loss())) {
      session.runner().feed(given, value).addTarget(loss.assignment()).run().close();
    }
  }

  private void put(Setting setting, long seed, Op assignment) {
    try (TType values = filled(setting, seed)) {
      session.runner().feed(given, values).addTarget(assignment).run().close();
    }
  }

  private TType filled(Setting setting, long seed) {
    return type == TFloat32.class
        ? TFloat32.tensorOf(shape, DataBuffers.of(Data.floats(setting.n(), seed)))
        : TFloat64.tensorOf(shape, DataBuffers.of(Data.doubles(setting.n(), seed)));
  }

  private TType scalar(double value) {
    return type == TFloat32.class ? TFloat32.scalarOf((float) value) : TFloat64.scalarOf(value);
  }

  /** Runs operations to their end, in one run. */
  void run(List<Op> targets) {
    Session.Runner runner = session.runner();
    targets.forEach(runner::addTarget);
    runner.run().close();
  }

  /** The variable's elements. */
  double[] values() {
    try (Result result = session.runner().fetch(tf.dtypes.cast(variable, TFloat64.class)).run()) {
      double[] values = new double[(int) shape.size()];
      ((TFloat64) result.get(0)).asRawTensor().data().asDoubles().read(values);
      return values;
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
