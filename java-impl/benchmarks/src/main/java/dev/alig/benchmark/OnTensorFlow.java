package dev.alig.benchmark;

import dev.alig.tensorflow.AliG;
import dev.alig.tensorflow.AliGBuilder;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.framework.optimizers.Adam;
import org.tensorflow.framework.optimizers.Momentum;
import org.tensorflow.framework.optimizers.Optimizer;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.train.ApplyMomentum;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * The contenders in a graph of TensorFlow, one run per step.
 *
 * <p>Gradient and loss are read from resource variables: a constant would be computed with once,
 * when the graph is optimized, and a feed or a variable of the old kind costs a copy that training
 * does not have.
 *
 * @param <T> the type of the elements
 */
final class OnTensorFlow<T extends TNumber> extends Stepper.InJvm {
  /** The step size of the floor, about the γ of our step. */
  static final double STEP_SIZE = 1e-3;

  private final Setting setting;
  private final Class<T> type;
  private final Shape shape;
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Placeholder<TFloat64> given = tf.placeholder(TFloat64.class);
  private final Held<T> variable;
  private final Held<T> gradient;
  private final Held<T> loss;
  private final Session session;
  private List<Op> train = List.of();

  private OnTensorFlow(Setting setting, Class<T> type, boolean resource) {
    this.setting = setting;
    this.type = type;
    shape = Shape.of(setting.n());
    variable = resource ? held("w", shape) : reference();
    gradient = held("gradient", shape);
    loss = held("loss", Shape.scalar());
    ConfigProto.Builder config = ConfigProto.newBuilder();
    config.setIntraOpParallelismThreads(Worker.threads());
    config.setInterOpParallelismThreads(Worker.threads());
    session = new Session(graph, config.build());
  }

  private static OnTensorFlow<?> of(Setting setting, boolean resource) {
    return setting.type() == DataType.FLOAT
        ? new OnTensorFlow<>(setting, TFloat32.class, resource)
        : new OnTensorFlow<>(setting, TFloat64.class, resource);
  }

  /**
   * A tensor that is neither constant nor fed.
   *
   * @param variable the variable, or its handle
   * @param value its value
   * @param assignment sets it to what is given
   */
  private record Held<T extends TNumber>(Output<?> variable, Operand<T> value, Op assignment) {}

  private Held<T> reference() {
    Variable<T> made = tf.withName("w").variable(shape, type);
    return new Held<>(made.asOutput(), made, tf.assign(made, tf.dtypes.cast(given, type)));
  }

  private Held<T> held(String name, Shape itsShape) {
    var handle = tf.varHandleOp(type, itsShape, VarHandleOp.sharedName(name));
    Op assignment = tf.assignVariableOp(handle, tf.dtypes.cast(given, type));
    return new Held<>(handle.asOutput(), tf.readVariableOp(handle, type), assignment);
  }

  /** Our optimizer on a reference variable, as {@code tf.variable} makes it. */
  static OnTensorFlow<?> ours(Setting setting) {
    return of(setting, false).withAliG();
  }

  /** Our optimizer on a resource variable. */
  static OnTensorFlow<?> oursOnResource(Setting setting) {
    return of(setting, true).withAliG();
  }

  /** TensorFlow-Java's optimizer with Nesterov's momentum. */
  static OnTensorFlow<?> momentum(Setting setting) {
    return of(setting, false)
        .withOptimizer(
            graph -> new Momentum(graph, (float) STEP_SIZE, (float) Setting.MOMENTUM, true));
  }

  /** TensorFlow-Java's Adam. */
  static OnTensorFlow<?> adam(Setting setting) {
    return of(setting, false).withOptimizer(graph -> new Adam(graph, (float) STEP_SIZE));
  }

  private OnTensorFlow<T> withOptimizer(Function<Graph, Optimizer> optimizer) {
    train = List.of(optimizer.apply(graph).applyGradients(List.of(pair()), "train"));
    session.initialize();
    fill();
    return this;
  }

  /** The framework pairs a gradient with a handle, too, though their types differ. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private GradAndVar<? extends TType> pair() {
    return new GradAndVar(gradient.value.asOutput(), variable.variable);
  }

  private OnTensorFlow<T> withAliG() {
    AliGBuilder builder = AliG.builder(graph).momentum(Setting.MOMENTUM);
    if (setting.ball()) {
      builder.l2Ball(setting.radius());
    }
    AliG optimizer = builder.build();
    train = List.of(optimizer.applyGradients(loss.value, List.of(pair()), "train"));
    fill();
    if (setting.ball()) {
      run(List.of(optimizer.projection()));
    }
    return this;
  }

  /**
   * The least that a step of ALI-G in TensorFlow can be: its own momentum kernel with a step size
   * that is known, and one kernel that reads the gradient for the norm, in one run.
   */
  static OnTensorFlow<?> floor(Setting setting) {
    return of(setting, false).withKernels();
  }

  private OnTensorFlow<T> withKernels() {
    Variable<T> momentum = tf.withName("momentum").variable(shape, type);
    Op update =
        tf.train.applyMomentum(
            variable.value,
            momentum,
            number(STEP_SIZE),
            gradient.value,
            number(Setting.MOMENTUM),
            ApplyMomentum.useNesterov(true));
    train = List.of(update, tf.nn.l2Loss(gradient.value));
    Op zeroed = tf.assign(momentum, tf.zerosLike(variable.value));
    fill();
    run(List.of(zeroed));
    return this;
  }

  private Operand<T> number(double value) {
    return tf.dtypes.cast(tf.constant(value), type);
  }

  /** Puts the data in; once the graph is complete. */
  private void fill() {
    set(variable.assignment, TFloat64.tensorOf(shape, DataBuffers.of(setting.parameters())));
    set(gradient.assignment, TFloat64.tensorOf(shape, DataBuffers.of(setting.gradients())));
    set(loss.assignment, TFloat64.scalarOf(setting.loss()));
  }

  private void set(Op assignment, TFloat64 value) {
    try (value) {
      session.runner().feed(given, value).addTarget(assignment).run().close();
    }
  }

  private void run(List<Op> targets) {
    Session.Runner runner = session.runner();
    targets.forEach(runner::addTarget);
    runner.run().close();
  }

  @Override
  void step() {
    run(train);
  }

  @Override
  public double[] parameters() {
    try (Result result =
        session.runner().fetch(tf.dtypes.cast(variable.value, TFloat64.class)).run()) {
      double[] values = new double[setting.n()];
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
