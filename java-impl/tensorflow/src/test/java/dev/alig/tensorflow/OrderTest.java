package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.MomentumForm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.DeepCopy;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat64;

/**
 * All gradients are read before any variable is written, whatever the order that threads run in.
 *
 * <p>w(i + 1) is the gradient of w(i) in a ring, so that an early write shows in the neighbour.
 */
class OrderTest {
  private static final int VARIABLES = 60;
  private static final int RUNS = 20;
  private static final double STEP_SIZE = 0.25;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final List<Variable<TFloat64>> ring = new ArrayList<>();

  @AfterEach
  void close() {
    graph.close();
  }

  private void addVariables() {
    for (int i = 0; i < VARIABLES; i++) {
      Operand<TFloat64> start = tf.constant(new double[] {i, 2 * i});
      ring.add(tf.withName("w" + i).variable(start));
    }
  }

  private Variable<TFloat64> next(int i) {
    return ring.get((i + 1) % VARIABLES);
  }

  private static void plain(AliGBuilder builder) {
    builder.momentum(0);
  }

  private static void standard(AliGBuilder builder) {
    builder.momentum(0.5);
  }

  private static void adjusted(AliGBuilder builder) {
    builder.momentum(0.5).momentumForm(MomentumForm.ADJUSTED);
  }

  private static Stream<Consumer<AliGBuilder>> forms() {
    return Stream.of(OrderTest::plain, OrderTest::standard, OrderTest::adjusted);
  }

  /** Operations that may pass on the memory of a variable instead of a copy. */
  private static Stream<Arguments> aliases() {
    Stream<Function<Ops, Function<Operand<TFloat64>, Operand<TFloat64>>>> passing =
        Stream.of(
            tf -> w -> w,
            tf -> tf::identity,
            tf -> tf::stopGradient,
            tf -> w -> tf.reshape(w, tf.constant(new int[] {2})),
            tf -> w -> tf.squeeze(tf.expandDims(w, tf.constant(0))),
            tf -> w -> tf.slice(w, tf.constant(new int[] {0}), tf.constant(new int[] {2})),
            tf -> w -> tf.math.mul(w, tf.constant(1.0)),
            tf -> w -> tf.dtypes.cast(w, TFloat64.class));
    return passing.flatMap(alias -> forms().map(form -> Arguments.of(alias, form)));
  }

  @ParameterizedTest
  @MethodSource("aliases")
  void aGradientMayBeAnotherVariable(
      Function<Ops, Function<Operand<TFloat64>, Operand<TFloat64>>> alias,
      Consumer<AliGBuilder> form) {
    addVariables();
    List<GradAndVar<?>> pairs = new ArrayList<>();
    for (int i = 0; i < VARIABLES; i++) {
      Operand<TFloat64> gradient = alias.apply(tf).apply(next(i));
      pairs.add(new GradAndVar<>(gradient.asOutput(), ring.get(i).asOutput()));
    }
    AliG optimizer = optimizer(form);
    assertEachMovesAlongItsNeighbour(optimizer.applyGradients(tf.constant(1e9), pairs, "train"));
  }

  @Test
  void gradientsInVariablesThatStayAreNotCopied() {
    addVariables();
    Variable<TFloat64> kept = ring.remove(0);
    applyTo(kept);
    assertThat(hasCopies()).isFalse();
  }

  @Test
  void gradientsInVariablesThatMoveAreCopied() {
    addVariables();
    applyTo(ring.get(0));
    assertThat(hasCopies()).isTrue();
  }

  private void applyTo(Operand<TFloat64> gradient) {
    List<GradAndVar<?>> pairs = new ArrayList<>();
    ring.forEach(w -> pairs.add(new GradAndVar<>(gradient.asOutput(), w.asOutput())));
    optimizer(OrderTest::plain).applyGradients(tf.constant(1.0), pairs, "train");
  }

  private boolean hasCopies() {
    Iterable<GraphOperation> operations = graph::operations;
    return StreamSupport.stream(operations.spliterator(), false)
        .anyMatch(operation -> operation.type().equals(DeepCopy.OP_NAME));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aVariablesGradientMayDependOnOthers(Consumer<AliGBuilder> form) {
    addVariables();
    List<Operand<TFloat64>> products = new ArrayList<>();
    for (int i = 0; i < VARIABLES; i++) {
      // The gradient is the neighbour's value; the other factor's is stopped.
      Operand<TFloat64> factor = tf.stopGradient(next(i));
      products.add(tf.reduceSum(tf.math.mul(ring.get(i), factor), tf.constant(0)));
    }
    AliG optimizer = optimizer(form);
    assertEachMovesAlongItsNeighbour(optimizer.minimize(tf.math.addN(products)));
  }

  private AliG optimizer(Consumer<AliGBuilder> form) {
    AliGBuilder builder = AliG.builder(graph).maxLearningRate(STEP_SIZE).eps(0);
    form.accept(builder);
    return builder.build();
  }

  /** In the first step from the start, momentum adds half of the plain step. */
  private void assertEachMovesAlongItsNeighbour(Op train) {
    ConfigProto threads =
        ConfigProto.newBuilder()
            .setInterOpParallelismThreads(8)
            .setIntraOpParallelismThreads(1)
            .build();
    try (Session session = new Session(graph, threads)) {
      for (int run = 0; run < RUNS; run++) {
        session.forceInitialize();
        session.run(train);
        assertMoved(Values.ofAll(session, ring));
      }
    }
  }

  private static void assertMoved(List<List<Double>> moved) {
    double factor = moved.get(0).get(0) / -STEP_SIZE;
    assertThat(factor).isIn(1.0, 1.5);
    for (int i = 0; i < VARIABLES; i++) {
      int neighbour = (i + 1) % VARIABLES;
      double expected = i - factor * STEP_SIZE * neighbour;
      assertThat(moved.get(i)).containsExactly(expected, 2 * expected);
    }
  }

  @Test
  void theLossMayBeAVariable() {
    Variable<TFloat64> w = tf.withName("w").variable(tf.constant(4.0));
    Op train = AliG.builder(graph).eps(0).build().minimize(w);
    try (Session session = new Session(graph)) {
      session.run(train);
      assertThat(Values.scalar(session, w)).isZero();
    }
  }
}
