package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** A graph of vectors whose loss and gradients are fed, so that a test says what a step sees. */
final class Model<T extends TNumber> implements AutoCloseable {
  /** What a step reported. */
  record Step(List<Double> stepSizes, double mean, double unclipped, double gradientNorm) {}

  final Graph graph = new Graph();
  final Ops tf = Ops.create(graph);
  final List<Variable<T>> variables = new ArrayList<>();
  private final Placeholder<TFloat64> loss = tf.placeholder(TFloat64.class);
  private final Operand<T> lossOfType;
  private final List<@Nullable Placeholder<TFloat64>> gradients = new ArrayList<>();
  private final List<GradAndVar<?>> pairs = new ArrayList<>();
  private @Nullable AliG optimizer;
  private @Nullable Op train;
  private @Nullable Session session;
  private @Nullable Output<TBool> fetchedFlag;
  private boolean flagValue;

  /** Variables w0, w1, … with these values. */
  Model(Class<T> type, double[]... start) {
    lossOfType = tf.dtypes.cast(loss, type);
    for (double[] values : start) {
      Operand<T> initial = tf.dtypes.cast(tf.constant(values), type);
      variables.add(tf.withName("w" + variables.size()).variable(initial));
    }
  }

  /** Minimizes with gradients for all variables but some. */
  Model<T> minimize(Consumer<AliGBuilder> settings, Integer... absent) {
    AliGBuilder builder = AliG.builder(graph);
    settings.accept(builder);
    for (int i = 0; i < variables.size(); i++) {
      boolean given = !Arrays.asList(absent).contains(i);
      Placeholder<TFloat64> fed =
          given ? tf.placeholder(TFloat64.class, Placeholder.shape(Shape.unknown())) : null;
      gradients.add(fed);
      pairs.add(pair(fed, variables.get(i)));
    }
    AliG built = builder.build();
    train = built.applyGradients(lossOfType, pairs, "train");
    optimizer = built;
    session = new Session(graph);
    if (built.settings().ball().isBounded()) {
      session().run(built.projection());
    }
    return this;
  }

  /** A null gradient stands for none, as the framework has it. */
  @SuppressWarnings("NullAway")
  private GradAndVar<T> pair(@Nullable Operand<TFloat64> gradient, Variable<T> variable) {
    return new GradAndVar<>(
        gradient == null ? null : tf.dtypes.cast(gradient, variable.type()).asOutput(),
        variable.asOutput());
  }

  AliG optimizer() {
    return present(optimizer);
  }

  Op train() {
    return present(train);
  }

  Session session() {
    return present(session);
  }

  /** Takes a step along one gradient for each variable; null where there is none. */
  Step step(double lossValue, double[] @Nullable ... gradientValues) {
    return step(runner -> runner, lossValue, gradientValues);
  }

  /** The same, and fetches a flag. */
  Step stepFetching(
      Output<TBool> flag,
      boolean[] fetched,
      double lossValue,
      double[] @Nullable ... gradientValues) {
    fetchedFlag = flag;
    Step step = step(lossValue, gradientValues);
    fetched[0] = flagValue;
    return step;
  }

  /** The same with more to feed. */
  Step step(
      Function<Session.Runner, Session.Runner> feed,
      double lossValue,
      double[] @Nullable ... gradientValues) {
    List<TFloat64> fed = new ArrayList<>();
    try (TFloat64 value = TFloat64.scalarOf(lossValue)) {
      Session.Runner runner = feed.apply(session().runner()).feed(loss, value).addTarget(train());
      for (int i = 0; i < gradientValues.length; i++) {
        double[] values = gradientValues[i];
        if (values != null) {
          fed.add(TFloat64.tensorOf(NdArrays.vectorOf(values)));
          runner.feed(present(gradients.get(i)), fed.get(fed.size() - 1));
        }
      }
      List<Double> scalars = new ArrayList<>();
      for (Output<TFloat64> output : reported()) {
        runner.fetch(output);
      }
      if (fetchedFlag != null) {
        runner.fetch(fetchedFlag);
      }
      try (Result result = runner.run()) {
        for (Map.Entry<String, Tensor> entry : result) {
          if (entry.getValue() instanceof TBool flag) {
            flagValue = flag.getBoolean();
          } else {
            scalars.add(((TFloat64) entry.getValue()).getDouble());
          }
        }
      }
      return new Step(
          scalars.subList(3, scalars.size()), scalars.get(0), scalars.get(1), scalars.get(2));
    } finally {
      fed.forEach(TFloat64::close);
    }
  }

  /** Runs the step in a session of the caller's, along a gradient for the first variable. */
  Result run(Session other, TFloat64 lossValue, TFloat64 gradient) {
    return other
        .runner()
        .feed(loss, lossValue)
        .feed(present(gradients.get(0)), gradient)
        .addTarget(train())
        .run();
  }

  private List<Output<TFloat64>> reported() {
    AliG reporter = optimizer();
    List<Output<TFloat64>> outputs = new ArrayList<>();
    outputs.add(reporter.stepSize());
    outputs.add(reporter.unclippedStepSize());
    outputs.add(reporter.gradientNorm());
    outputs.addAll(reporter.stepSizes());
    return outputs;
  }

  /** A variable's elements, boxed: equal if NaN or zeros of one sign are. */
  List<Double> values(int variable) {
    return Values.of(session(), variables.get(variable));
  }

  /** The elements of a variable's slot. */
  List<Double> momentum(int variable) {
    Output<T> output = variables.get(variable).asOutput();
    return Values.of(session(), optimizer().getSlot(output, AliG.MOMENTUM).orElseThrow());
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
    graph.close();
  }

  private static <V> V present(@Nullable V value) {
    if (value == null) {
      throw new IllegalStateException("call minimize first");
    }
    return value;
  }
}
