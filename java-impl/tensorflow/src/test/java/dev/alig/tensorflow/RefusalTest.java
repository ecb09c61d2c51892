package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import dev.alig.Settings;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.EagerSession;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** What an optimizer refuses, in which words, and that the graph stays as it was. */
class RefusalTest {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Variable<TFloat32> w = tf.withName("w").variable(tf.constant(new float[] {1, 2}));
  private final Variable<TFloat32> unused = tf.withName("unused").variable(tf.constant(3f));
  private final Operand<TFloat32> loss = tf.withName("loss").nn.l2Loss(w);

  @AfterEach
  void close() {
    graph.close();
  }

  private void assertRefused(ThrowingCallable call, Class<?> type, String message) {
    int before = size();
    assertThatThrownBy(call).isInstanceOf(type).hasMessageContaining(message);
    assertThat(size()).isEqualTo(before);
  }

  private void assertRefused(ThrowingCallable call, String message) {
    assertRefused(call, IllegalArgumentException.class, message);
  }

  private int size() {
    int[] operations = {0};
    graph.operations().forEachRemaining(operation -> operations[0]++);
    return operations[0];
  }

  private AliGBuilder builder() {
    return AliG.builder(graph);
  }

  @Test
  void aLossThatIsNoScalar() {
    Operand<TFloat32> vector = tf.withName("losses").identity(w);
    assertRefused(
        () -> builder().build().minimize(vector), "loss losses:0 must be a scalar, had shape [2]");
  }

  @Test
  void aLossOfAnEagerSession() {
    try (EagerSession session = EagerSession.create()) {
      Operand<TFloat32> eager = Ops.create(session).constant(1f);
      assertRefused(
          () -> builder().build().minimize(eager),
          "the loss was built in an eager session, where TensorFlow-Java has no gradients;"
              + " build it in the optimizer's Graph");
    }
  }

  @Test
  void aLossOfAnotherGraph() {
    try (Graph other = new Graph()) {
      Operand<TFloat32> foreign = Ops.create(other).withName("loss").constant(1f);
      assertRefused(
          () -> builder().build().minimize(foreign),
          "loss loss:0 belongs to another graph than the optimizer");
    }
  }

  @Test
  void anIntegerLoss() {
    Operand<TInt32> integer = tf.withName("count").constant(1);
    assertRefused(
        () -> builder().build().minimize(integer),
        "loss count:0 must be TFloat16, TBfloat16, TFloat32 or TFloat64, was TInt32; cast it");
  }

  @Test
  void aLossWithoutVariables() {
    Operand<TFloat32> constant = tf.withName("constant").constant(1f);
    assertRefused(
        () -> builder().build().minimize(constant),
        "loss constant:0 has no gradient for any variable; create its parameters with tf.variable or tf.varHandleOp");
  }

  @Test
  void aListedVariableThatTheLossDoesNotReach() {
    assertRefused(
        () -> builder().build().minimize(loss, List.of(w, unused)),
        "loss loss:0 has no gradient for variable unused; remove the variable, or make");
  }

  @Test
  void aGroupsVariableThatTheLossDoesNotReach() {
    assertRefused(
        () -> builder().group(GroupSettings.DEFAULT, unused).build().minimize(loss),
        "has no gradient for variable unused");
  }

  @Test
  void noListedVariable() {
    assertRefused(
        () -> builder().build().minimize(loss, List.of()), "has no gradient for any variable");
  }

  @Test
  void aVariableListedTwice() {
    assertRefused(
        () -> builder().build().minimize(loss, List.of(w, w)),
        "variable w is listed twice; list it once, in one group");
  }

  @Test
  void aVariableInTwoGroups() {
    GroupSettings settings = GroupSettings.DEFAULT;
    assertRefused(
        () -> builder().group(settings, w).group(settings, w).build(),
        "variable w is listed twice; list it once, in one group");
  }

  @Test
  void whatIsNoVariable() {
    Operand<TFloat32> constant = tf.withName("c").constant(1f);
    assertRefused(
        () -> builder().build().minimize(loss, List.of(constant)),
        "c must be a variable created by tf.variable or tf.varHandleOp, was the operation Const");
  }

  @Test
  void anIntegerVariable() {
    Variable<TInt32> count = tf.withName("count").variable(tf.constant(1));
    assertRefused(
        () -> builder().build().minimize(loss, List.of(count)),
        "variable count must be TFloat16, TBfloat16, TFloat32 or TFloat64, was TInt32");
  }

  @Test
  void aVariableOfAnotherTypeThanTheLoss() {
    Variable<TFloat64> wide = tf.withName("wide").variable(tf.constant(1.0));
    Operand<TFloat32> both =
        tf.math.add(loss, tf.dtypes.cast(tf.math.mul(wide, wide), TFloat32.class));
    assertRefused(
        () -> builder().build().minimize(both),
        "variable wide must have the type of loss Add:0, TFloat32, was TFloat64");
  }

  @Test
  void noGradientsAtAll() {
    assertRefused(
        () -> builder().build().applyGradients(loss, List.of(), "train"),
        "there is no variable; pass at least one with its gradient");
  }

  @Test
  void aGroupsVariableWithoutEntryAmongTheGradients() {
    GradAndVar<?> pair = new GradAndVar<>(tf.zerosLike(w).asOutput(), w.asOutput());
    AliG optimizer = builder().group(GroupSettings.DEFAULT, unused).build();
    assertRefused(
        () -> optimizer.applyGradients(loss, List.of(pair), "train"),
        "variable unused is in a group, but has no entry among the gradients; add one, with null");
  }

  @Test
  void gradientsWithoutTheirLoss() {
    assertRefused(
        () -> builder().build().applyGradients(List.of(), "train"),
        UnsupportedOperationException.class,
        "ALI-G's step size depends on the loss; call applyGradients(loss, gradsAndVars, name)");
  }

  @Test
  void aSecondLoss() {
    AliG optimizer = builder().build();
    optimizer.minimize(loss);
    assertRefused(
        () -> optimizer.minimize(loss),
        IllegalStateException.class,
        "this optimizer minimizes a loss already; build another for the next loss");
  }

  @Test
  void readingAStepThatIsNotBuilt() {
    AliG optimizer = builder().l2Ball(1).build();
    List<ThrowingCallable> readings =
        List.of(
            optimizer::stepSize,
            optimizer::stepSizes,
            optimizer::unclippedStepSize,
            optimizer::gradientNorm,
            optimizer::projection);
    for (ThrowingCallable reading : readings) {
      assertRefused(
          reading,
          IllegalStateException.class,
          "call minimize first; this optimizer has no step yet");
    }
  }

  @Test
  void aScheduleInJava() {
    Settings settings = Settings.builder().schedule((step, cap) -> cap / 2).build();
    assertRefused(
        () -> builder().settings(settings).build(),
        "a LearningRateSchedule runs in Java and cannot change a cap in a graph;"
            + " give maxLearningRate a placeholder or a variable");
  }

  @Test
  void standardMomentumInTensorflowsSemantics() {
    assertRefused(
        () -> builder().semantics(Semantics.TF1).momentumForm(MomentumForm.STANDARD).build(),
        "momentumForm must be ADJUSTED in the semantics TF1, was STANDARD; use the semantics PYTORCH");
  }

  @Test
  void aBallInTensorflowsSemantics() {
    assertRefused(
        () -> builder().semantics(Semantics.TF1).l2Ball(2).build(),
        "the l2 ball must be unbounded in the semantics TF1, had radius 2.0; use the semantics PYTORCH");
  }

  @Test
  void numbersOutOfRange() {
    assertRefused(() -> new AliG(graph, 0), "maxLearningRate must be > 0, was 0.0");
    assertRefused(() -> new AliG(graph, Double.NaN), "maxLearningRate must be > 0, was NaN");
    assertRefused(() -> new AliG(graph, 1, -0.5), "momentum must be >= 0, was -0.5");
    assertRefused(() -> new AliG(graph, 1, Double.NaN), "momentum must be >= 0, was NaN");
    assertRefused(() -> builder().eps(-1).build(), "eps must be >= 0, was -1.0");
    assertRefused(() -> builder().eps(Double.NaN).build(), "eps must be >= 0, was NaN");
    assertRefused(() -> builder().l2Ball(-1).build(), "radius of the l2 ball must be >= 0, was -1");
    assertRefused(() -> builder().lowerBound(Double.NaN).build(), "lowerBound must be finite");
  }

  @Test
  void aCapThatIsNoScalar() {
    assertRefused(
        () -> builder().maxLearningRate(w).build(),
        "maxLearningRate w:0 must be a scalar, had shape [2]");
  }

  @Test
  void aCapOfAnotherGraph() {
    try (Graph other = new Graph()) {
      Operand<TFloat32> cap = Ops.create(other).withName("cap").constant(1f);
      assertRefused(
          () -> builder().maxLearningRate(cap).build(),
          "maxLearningRate cap:0 belongs to another graph than the optimizer");
    }
  }

  @Test
  void aVariableOfAnotherGraph() {
    try (Graph other = new Graph()) {
      Variable<TFloat32> foreign =
          Ops.create(other).withName("w").variable(Ops.create(other).constant(1f));
      assertRefused(
          () -> builder().build().minimize(loss, List.of(foreign)),
          "variable w belongs to another graph than the optimizer");
      assertRefused(
          () -> builder().group(GroupSettings.DEFAULT, foreign).build(),
          "variable w belongs to another graph than the optimizer");
    }
  }

  @Test
  void aGradientOfAnotherType() {
    GradAndVar<?> pair = mistyped(tf.withName("g").constant(new double[] {1, 2}), w);
    assertRefused(
        () -> builder().build().applyGradients(loss, List.of(pair), "train"),
        "the gradient of variable w must be TFloat32, was TFloat64");
  }

  @Test
  void aGradientOfAnotherShape() {
    Operand<TFloat32> gradient = tf.constant(new float[] {1, 2, 3});
    GradAndVar<?> pair = new GradAndVar<>(gradient.asOutput(), w.asOutput());
    assertRefused(
        () -> builder().build().applyGradients(loss, List.of(pair), "train"),
        "the gradient of variable w must have its variable's shape [2], had [3]");
  }

  /** As raw types let a caller do. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static GradAndVar<?> mistyped(Operand<?> gradient, Operand<?> variable) {
    return new GradAndVar(gradient.asOutput(), variable.asOutput());
  }
}
