package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.framework.optimizers.Adam;
import org.tensorflow.framework.optimizers.Momentum;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Which variables of a graph a step takes. */
class VariablesTest {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Variable<TFloat32> w = variable("w", 4);

  @AfterEach
  void close() {
    graph.close();
  }

  private Variable<TFloat32> variable(String name, float value) {
    return tf.withName(name).variable(tf.constant(value));
  }

  private AliG optimizer() {
    return AliG.builder(graph).maxLearningRate(0.25).momentum(0.5).build();
  }

  private static List<String> names(List<GradAndVar<?>> pairs) {
    return pairs.stream().map(pair -> pair.getVariable().op().name()).toList();
  }

  @Test
  void thoseThatTheLossReaches() {
    Variable<TFloat32> metric = variable("metric", 7);
    Op train = optimizer().minimize(tf.nn.l2Loss(w));
    try (Session session = new Session(graph)) {
      session.run(train);
      assertThat(Values.scalar(session, metric)).isEqualTo(7);
      assertThat(Values.scalar(session, w)).isLessThan(4);
    }
  }

  @Test
  void notTheSlotsOfOtherOptimizers() {
    Operand<TFloat32> loss = tf.nn.l2Loss(w);
    new Adam(graph).minimize(loss);
    assertThat(names(optimizer().computeGradients(loss))).containsExactly("w");
  }

  @Test
  void twoOptimizersTrainVariablesOfTheirOwn() {
    Variable<TFloat32> b = variable("b", 8);
    Operand<TFloat32> loss = tf.math.add(tf.nn.l2Loss(w), tf.nn.l2Loss(b));
    AliG first = optimizer();
    AliG second = AliG.builder(graph).name("other").maxLearningRate(0.5).momentum(0.5).build();
    Op trainFirst = first.minimize(loss, List.of(w));
    Op trainSecond = second.minimize(loss, List.of(b));
    try (Session session = new Session(graph)) {
      session.run(trainFirst);
      assertThat(Values.ofAll(session, List.of(w, b))).containsExactly(List.of(2.5), List.of(8.0));
      session.run(trainSecond);
      assertThat(Values.ofAll(session, List.of(w, b))).containsExactly(List.of(2.5), List.of(2.0));
    }
  }

  @Test
  void twoOptimizersOfOneNameKeepMomentumApart() {
    Operand<TFloat32> loss = tf.nn.l2Loss(w);
    AliG first = optimizer();
    AliG second = optimizer();
    Op train = first.minimize(loss);
    second.minimize(loss);
    try (Session session = new Session(graph)) {
      session.run(train);
      assertThat(slot(session, first)).isEqualTo(-1);
      assertThat(slot(session, second)).isZero();
    }
  }

  private double slot(Session session, AliG optimizer) {
    return Values.scalar(session, optimizer.getSlot(w.asOutput(), AliG.MOMENTUM).orElseThrow());
  }

  @Test
  void theFrameworksMomentumGoesOnBesideIt() {
    Operand<TFloat32> loss = tf.nn.l2Loss(w);
    Op theirs = new Momentum(graph, 0.25f, 0.5f, true).minimize(loss);
    Op ours = optimizer().minimize(loss, List.of(w));
    try (Session session = new Session(graph)) {
      session.run(theirs);
      session.run(ours);
      assertThat(Values.scalar(session, w)).isNotEqualTo(4);
    }
  }

  @Test
  void notThoseBehindStopGradient() {
    Variable<TFloat32> fixed = variable("fixed", 3);
    Operand<TFloat32> loss = tf.nn.l2Loss(tf.math.mul(w, tf.stopGradient(fixed)));
    assertThat(names(optimizer().computeGradients(loss))).containsExactly("w");
  }

  @Test
  void aListedOneBehindStopGradientIsRefused() {
    Variable<TFloat32> fixed = variable("fixed", 3);
    Operand<TFloat32> loss = tf.nn.l2Loss(tf.math.mul(w, tf.stopGradient(fixed)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer().minimize(loss, List.of(fixed)))
        .withMessageContaining("has no gradient for variable fixed; remove the variable");
  }

  @Test
  void notIntegers() {
    Variable<TInt32> count = tf.withName("count").variable(tf.constant(2));
    Operand<TFloat32> loss = tf.nn.l2Loss(tf.math.mul(w, tf.dtypes.cast(count, TFloat32.class)));
    assertThat(names(optimizer().computeGradients(loss))).containsExactly("w");
  }

  @Test
  void listedOnesAlone() {
    Variable<TFloat32> b = variable("b", 8);
    Operand<TFloat32> loss = tf.math.add(tf.nn.l2Loss(w), tf.nn.l2Loss(b));
    assertThat(names(optimizer().computeGradients(loss, List.of(b)))).containsExactly("b");
  }

  private Operand<TFloat32> apply(String operation, Operand<TFloat32> x) {
    Function<Operand<TFloat32>, Operand<TFloat32>> function =
        switch (operation) {
          case "Square" -> tf.math::square;
          case "Log1p" -> tf.math::log1p;
          case "Asin" -> tf.math::asin;
          case "Acos" -> tf.math::acos;
          case "Atan" -> tf.math::atan;
          case "Atanh" -> tf.math::atanh;
          case "Sign" -> tf.math::sign;
          case "Pow" -> y -> tf.math.pow(y, tf.constant(2f));
          default -> throw new IllegalArgumentException(operation);
        };
    return function.apply(x);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Square", "Log1p", "Asin", "Acos", "Atan", "Atanh", "Pow", "Sign"})
  void operationsThatBreakOnAVariableAreRefusedWithTheWayOut(String operation) {
    Operand<TFloat32> loss = apply(operation, w);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer().minimize(loss))
        .withMessageContaining("(" + operation + ") takes variable w directly")
        .withMessageContaining("give it tf.identity of the variable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Square", "Log1p", "Asin", "Acos", "Atan", "Atanh", "Pow"})
  void behindIdentityTheyTrain(String operation) {
    Variable<TFloat32> half = variable("half", 0.5f);
    Op train = optimizer().minimize(apply(operation, tf.identity(half)));
    try (Session session = new Session(graph)) {
      session.run(train);
      assertThat(Values.scalar(session, half)).isNotEqualTo(0.5).isNotNaN();
    }
  }

  @Test
  void aScalarTimesItself() {
    Op train = AliG.builder(graph).eps(0).build().minimize(tf.math.mul(w, w));
    try (Session session = new Session(graph)) {
      session.run(train);
      // The step is w² / (2w)², the gradient 2w.
      assertThat(Values.scalar(session, w)).isEqualTo(2);
    }
  }
}
