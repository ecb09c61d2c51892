package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import dev.alig.NegativeLoss;
import dev.alig.NonFinite;
import dev.alig.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Steps on resource variables, which models from Python's TensorFlow 2 have. */
class ResourceVariablesTest {
  private static final int STEPS = 4;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final List<Op> initializers = new ArrayList<>();

  @AfterEach
  void close() {
    graph.close();
  }

  private VarHandleOp resource(String name, float... value) {
    Operand<TFloat32> start = value.length == 1 ? tf.constant(value[0]) : tf.constant(value);
    return ResourceProblem.resource(tf, name, start, initializers);
  }

  private Operand<TFloat32> read(VarHandleOp variable) {
    return tf.readVariableOp(variable, TFloat32.class);
  }

  private Operand<TFloat32> sum(Operand<TFloat32> operand) {
    return tf.reduceSum(operand, tf.range(tf.constant(0), tf.rank(operand), tf.constant(1)));
  }

  private Session begin() {
    Session session = new Session(graph);
    Session.Runner runner = session.runner();
    initializers.forEach(runner::addTarget);
    runner.run().close();
    return session;
  }

  /** A step size of loss / Σ‖g‖², which is exact for the numbers in this test. */
  private AliG plain() {
    return AliG.builder(graph).eps(0).build();
  }

  private static <T extends TNumber> List<List<Double>> steps(
      Class<T> type, boolean w, boolean b, Consumer<AliGBuilder> settings) {
    try (ResourceProblem<T> problem = new ResourceProblem<>(type, w, b, settings);
        Session session = problem.begin()) {
      return problem.steps(session, STEPS);
    }
  }

  private static <T extends TNumber> void assertSameSteps(
      Class<T> type, Consumer<AliGBuilder> settings) {
    List<List<Double>> expected = steps(type, false, false, settings);
    assertThat(steps(type, true, true, settings)).isEqualTo(expected);
    assertThat(steps(type, true, false, settings)).isEqualTo(expected);
    assertThat(steps(type, false, true, settings)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void anImportedGraphTakesTheStepsOfReferenceVariables(MomentumForm form) {
    assertSameSteps(TFloat32.class, b -> b.maxLearningRate(0.1).momentum(0.9).momentumForm(form));
  }

  @Test
  void alsoWithoutMomentumAndCap() {
    assertSameSteps(TFloat64.class, builder -> {});
  }

  @ParameterizedTest
  @ValueSource(classes = {TFloat16.class, TBfloat16.class, TFloat64.class})
  <T extends TNumber> void alsoInTheOtherTypes(Class<T> type) {
    assertSameSteps(type, builder -> builder.maxLearningRate(0.1).momentum(0.9));
  }

  @Test
  void alsoInTheBall() {
    assertSameSteps(TFloat32.class, b -> b.maxLearningRate(0.1).momentum(0.9).l2Ball(0.8));
  }

  @Test
  void alsoInTheSemanticsOfTensorFlow1() {
    assertSameSteps(
        TFloat32.class, b -> b.semantics(Semantics.TF1).maxLearningRate(0.1).momentum(0.9));
  }

  @Test
  void theReadsOfAVariableAddUp() {
    VarHandleOp w = resource("w", 4);
    // The loss is w², its gradient 2w, and the step size w² / (2w)².
    Op train = plain().minimize(tf.math.mul(read(w), read(w)));
    try (Session session = begin()) {
      session.run(train);
      assertThat(Values.scalar(session, Values.value(w))).isEqualTo(2);
    }
  }

  @Test
  void aReadWithoutAGradientAddsNothing() {
    VarHandleOp w = resource("w", 4);
    Op train = plain().minimize(tf.math.mul(read(w), tf.stopGradient(read(w))));
    try (Session session = begin()) {
      session.run(train);
      // The gradient is w, and the step size w² / w².
      assertThat(Values.scalar(session, Values.value(w))).isEqualTo(0);
    }
  }

  @Test
  void rowsThatAreGatheredTwiceCountTwice() {
    VarHandleOp w = resource("w", 2, 1, 3, 5);
    Operand<TFloat32> rows =
        tf.resourceGather(w, tf.constant(new int[][] {{2, 0}, {2, 2}}), TFloat32.class);
    AliG optimizer = plain();
    Op train = optimizer.minimize(sum(rows));
    try (Session session = begin()) {
      // The loss is 11 and the gradient (1, 0, 3, 0).
      assertThat(stepSize(session, optimizer, train)).isEqualTo((double) (11f / 10f));
      assertThat(Values.of(session, Values.value(w)))
          .containsExactly((double) (2 - 1.1f), 1.0, (double) (3 - 3 * 1.1f), 5.0);
    }
  }

  private static double stepSize(Session session, AliG optimizer, Op train) {
    try (var result = session.runner().fetch(optimizer.stepSize()).addTarget(train).run()) {
      return ((TFloat64) result.get(0)).getDouble();
    }
  }

  @Test
  void rowsOfAMatrixAndItsOtherReadsAddUp() {
    Operand<TFloat32> start = tf.constant(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    VarHandleOp w = ResourceProblem.resource(tf, "w", start, initializers);
    Operand<TFloat32> rows = tf.resourceGather(w, tf.constant(new long[] {1, 1}), TFloat32.class);
    Operand<TFloat32> elements =
        tf.resourceGatherNd(w, tf.constant(new int[][] {{0, 1}, {0, 1}}), TFloat32.class);
    Operand<TFloat32> loss = tf.math.add(tf.math.add(sum(rows), sum(elements)), sum(read(w)));
    List<GradAndVar<?>> gradients = plain().computeGradients(loss);
    try (Session session = begin()) {
      assertThat(Values.of(session, gradients.get(0).getGradient()))
          .containsExactly(1.0, 3.0, 3.0, 3.0, 1.0, 1.0);
    }
  }

  @Test
  void theSlopeOfReadsIsMeasured() {
    VarHandleOp w = resource("w", 2, 1, 3, 5);
    Operand<TFloat32> rows = tf.resourceGather(w, tf.constant(new int[] {2, 2}), TFloat32.class);
    Operand<TFloat32> loss = tf.math.add(tf.nn.l2Loss(rows), tf.nn.l2Loss(read(w)));
    try (Session session = begin()) {
      SlopeCheck check = plain().verifySlope(session, loss, Map.of());
      assertThat(check.isRight()).isTrue();
      assertThat(Values.of(session, Values.value(w))).containsExactly(2.0, 1.0, 3.0, 5.0);
    }
  }

  @Test
  void groupsHaveStepSizesOfTheirOwn() {
    VarHandleOp slow = resource("slow", 4);
    VarHandleOp fast = resource("fast", 8);
    Operand<TFloat32> loss = tf.math.add(read(slow), read(fast));
    AliG optimizer =
        AliG.builder(graph)
            .group(new GroupSettings(0.25, 0), slow)
            .group(new GroupSettings(1, 0.5), fast)
            .build();
    Op train = optimizer.minimize(loss);
    try (Session session = begin()) {
      session.run(train);
      // The gradients are 1 and the caps are reached; v = -1 and 8 - 1 + 0.5 * -1.
      assertThat(Values.scalar(session, Values.value(slow))).isEqualTo(3.75);
      assertThat(Values.scalar(session, Values.value(fast))).isEqualTo(6.5);
      assertThat(Values.scalar(session, Values.value(optimizer.momentum(fast).orElseThrow())))
          .isEqualTo(-1);
      assertThat(optimizer.momentum(slow)).isEmpty();
    }
  }

  @Test
  void listedOnesAlone() {
    VarHandleOp w = resource("w", 4);
    VarHandleOp fixed = resource("fixed", 3);
    Op train = plain().minimize(tf.math.mul(read(w), read(fixed)), List.of(w));
    try (Session session = begin()) {
      session.run(train);
      assertThat(Values.scalar(session, Values.value(w))).isEqualTo(0);
      assertThat(Values.scalar(session, Values.value(fixed))).isEqualTo(3);
    }
  }

  @Test
  void notIntegersAndNotThoseBehindStopGradient() {
    VarHandleOp w = resource("w", 4);
    VarHandleOp fixed = resource("fixed", 3);
    VarHandleOp count = ResourceProblem.resource(tf, "count", tf.constant(2), initializers);
    Operand<TFloat32> scale =
        tf.math.mul(
            tf.stopGradient(read(fixed)),
            tf.dtypes.cast(tf.readVariableOp(count, TInt32.class), TFloat32.class));
    List<GradAndVar<?>> pairs = plain().computeGradients(tf.math.mul(read(w), scale));
    assertThat(pairs.stream().map(pair -> pair.getVariable().op().name())).containsExactly("w");
  }

  @Test
  void aVariableOfUnknownShape() {
    VarHandleOp w = tf.withName("w").varHandleOp(TFloat32.class, Shape.unknown());
    initializers.add(tf.assignVariableOp(w, tf.constant(new float[] {4, 3})));
    AliG optimizer = AliG.builder(graph).maxLearningRate(1).momentum(0.5).build();
    Operand<TFloat32> loss = sum(read(w));
    try (Session session = new Session(graph, false)) {
      session.run(initializers.get(0));
      Op train = optimizer.minimize(loss);
      session.initialize();
      session.run(train);
      assertThat(Values.of(session, Values.value(w))).containsExactly(2.5, 1.5);
    }
  }

  @Test
  void aStepBeforeTheFirstProjectionFails() {
    VarHandleOp w = resource("w", 4);
    AliG optimizer = AliG.builder(graph).l2Ball(1).build();
    Op train = optimizer.minimize(read(w));
    try (Session session = begin()) {
      assertThatExceptionOfType(RuntimeException.class)
          .isThrownBy(() -> session.run(train))
          .withMessageContaining("have not been projected onto the l2 ball yet");
      session.run(optimizer.projection());
      assertThat(Values.scalar(session, Values.value(w))).isEqualTo(1);
    }
  }

  /** {@code Session.Runner.fetch} of a handle runs any ReadVariableOp that takes it. */
  @Test
  void noReadOfAHandleWaitsForAStep() {
    VarHandleOp w = resource("w", 4);
    AliG optimizer = AliG.builder(graph).momentum(0.5).l2Ball(1).build();
    optimizer.minimize(read(w));
    List<Operand<?>> handles = new ArrayList<>();
    graph
        .operations()
        .forEachRemaining(
            operation -> {
              if (operation.type().equals(ReadVariableOp.OP_NAME)
                  && !operation.controlInputs().isEmpty()) {
                handles.add(operation.input(0));
              }
            });
    assertThat(handles).isNotEmpty().noneMatch(handle -> handle.op().equals(w.op()));
  }

  @Test
  void aSkippedStepChangesNothing() {
    VarHandleOp w = resource("w", Float.NaN, 4);
    AliG optimizer =
        AliG.builder(graph)
            .settings(Settings.builder().nonFinite(NonFinite.SKIP).build())
            .momentum(0.5)
            .build();
    Op train = optimizer.minimize(tf.nn.l2Loss(read(w)));
    try (Session session = begin()) {
      assertThat(stepSize(session, optimizer, train)).isZero();
      assertThat(Values.of(session, Values.value(w))).containsExactly(Double.NaN, 4.0);
      assertThat(Values.of(session, Values.value(optimizer.momentum(w).orElseThrow())))
          .containsExactly(0.0, 0.0);
    }
  }

  @Test
  void aRefusedStepChangesNothing() {
    VarHandleOp w = resource("w", -4);
    AliG optimizer =
        AliG.builder(graph)
            .settings(Settings.builder().negativeLoss(NegativeLoss.REFUSE).build())
            .build();
    Op train = optimizer.minimize(read(w));
    try (Session session = begin()) {
      assertThatExceptionOfType(RuntimeException.class)
          .isThrownBy(() -> session.run(train))
          .withMessageContaining("loss must be >= its lower bound");
      assertThat(Values.scalar(session, Values.value(w))).isEqualTo(-4);
    }
  }
}
