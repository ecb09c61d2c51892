package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** Gradients that nobody has measured before a user does. */
class SlopeCheckTest {
  /** Operations that have a gradient in this process alone. */
  static final Set<String> REGISTERED = Set.of("Xdivy", "Rint");

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Variable<TFloat64> w =
      tf.withName("w").variable(tf.constant(new double[] {0.5, -1, 2}));

  /** Gradients of operations that have none in TensorFlow: one right, one wrong. */
  @BeforeAll
  static void register() {
    TensorFlow.registerCustomGradient(
        "Xdivy",
        (ops, operation, above) -> {
          Operand<TFloat64> gradient = typed(above.get(0));
          Operand<TFloat64> by = typed(operation.input(1));
          return List.of(ops.math.div(gradient, by), ops.zerosLike(by));
        });
    TensorFlow.registerCustomGradient(
        "Rint", (ops, operation, above) -> List.of(ops.identity(typed(above.get(0)))));
  }

  @SuppressWarnings("unchecked")
  private static Operand<TFloat64> typed(Operand<?> operand) {
    return (Operand<TFloat64>) operand;
  }

  @AfterEach
  void close() {
    graph.close();
  }

  private Operand<TFloat64> sum(Operand<TFloat64> vector) {
    return tf.reduceSum(vector, tf.constant(0));
  }

  private AliG optimizer() {
    return AliG.builder(graph).maxLearningRate(0.125).build();
  }

  @Test
  void aRightGradientOfOnesOwnIsTakenOnceItWasMeasured() {
    Operand<TFloat64> half = tf.math.xdivy(tf.math.mul(w, w), tf.constant(2.0));
    Operand<TFloat64> loss = sum(half);
    AliG optimizer = optimizer();
    assertThatThrownBy(() -> optimizer.minimize(loss))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(Xdivy) has a gradient that was not measured here")
        .hasMessageContaining("call verifySlope(session, loss, feeds) of this optimizer before");
    try (Session session = new Session(graph)) {
      SlopeCheck check = optimizer.verifySlope(session, loss, Map.of());
      assertThat(check.isRight()).as("%s", check).isTrue();
      assertThat(check.slope()).isCloseTo(1, offset(1e-4));
      session.run(optimizer.minimize(loss));
      assertThat(Values.of(session, w)).containsExactly(0.4375, -0.875, 1.75);
    }
  }

  @Test
  void aWrongGradientOfOnesOwnStaysRefused() {
    Operand<TFloat64> loss =
        sum(tf.math.add(tf.math.mul(w, w), tf.math.rint(tf.math.mul(w, tf.constant(1.2)))));
    AliG optimizer = optimizer();
    try (Session session = new Session(graph)) {
      SlopeCheck check = optimizer.verifySlope(session, loss, Map.of());
      assertThat(check.isRight()).as("%s", check).isFalse();
      assertThat(check).asString().startsWith("wrong: ratio of slope and gradient ");
    }
    assertThatThrownBy(() -> optimizer.minimize(loss))
        .hasMessageContaining("(Rint) has a gradient that was not measured here");
  }

  @Test
  void whatIsKnownAsWrongIsNotEvenMeasured() {
    Operand<TFloat64> cube = tf.reshape(w, tf.constant(new int[] {1, 1, 3}));
    Operand<TFloat64> loss = tf.reduceSum(tf.nn.logSoftmax(cube), tf.constant(new int[] {0, 1, 2}));
    try (Session session = new Session(graph)) {
      assertThatThrownBy(() -> optimizer().verifySlope(session, loss, Map.of()))
          .hasMessageContaining("(LogSoftmax) has another rank than 2, and TensorFlow's gradient")
          .hasMessageContaining("; reshape its input to a matrix, and reshape the result back");
    }
  }

  @Test
  void aRankThatIsKnownInARunAlone() {
    Placeholder<TFloat64> x = tf.placeholder(TFloat64.class);
    Operand<TFloat64> loss =
        tf.reduceSum(tf.nn.logSoftmax(tf.math.mul(x, w)), tf.constant(new int[] {0, 1}));
    AliG optimizer = optimizer();
    assertThatThrownBy(() -> optimizer.minimize(loss))
        .hasMessageContaining("(LogSoftmax) has an input of unknown rank; call verifySlope");
    try (Session session = new Session(graph);
        TFloat64 fed = TFloat64.tensorOf(Shape.of(2, 3), t -> t.setDouble(0.5, 1, 2))) {
      SlopeCheck check = optimizer.verifySlope(session, loss, Map.of(x, fed));
      assertThat(check.isRight()).as("%s", check).isTrue();
      optimizer.minimize(loss);
    }
  }

  /** The gradient of a function's body comes from a list of its own. */
  @Test
  void aFunction() {
    try (ConcreteFunction cube =
        ConcreteFunction.create(
            ops -> {
              Placeholder<TFloat64> x = ops.placeholder(TFloat64.class);
              Operand<TFloat64> y = ops.math.mul(ops.math.mul(x, x), x);
              return Signature.builder().input("x", x).output("y", y).build();
            })) {
      Operand<TFloat64> loss = sum(typed(cube.call(tf, tf.identity(w))));
      AliG optimizer = optimizer();
      assertThatThrownBy(() -> optimizer.minimize(loss)).hasMessageContaining("PartitionedCall");
      try (Session session = new Session(graph)) {
        assertThat(optimizer.verifySlope(session, loss, Map.of()).isRight()).isTrue();
      }
      optimizer.minimize(loss);
    }
  }

  /** Dropout: each loss of a fresh draw is of another function. */
  @Test
  void randomNumbersAreDrawnOnce() {
    Operand<TFloat64> draw = tf.random.randomUniform(tf.constant(new int[] {3}), TFloat64.class);
    Operand<TFloat64> kept =
        tf.select(tf.math.greater(draw, tf.constant(0.5)), tf.math.mul(w, w), tf.zerosLike(w));
    Operand<TFloat64> loss = sum(tf.math.mul(kept, tf.math.add(draw, tf.constant(1.0))));
    try (Session session = new Session(graph)) {
      SlopeCheck check = optimizer().verifySlope(session, loss, Map.of());
      assertThat(check.isRight()).as("%s", check).isTrue();
      assertThat(Values.of(session, w)).containsExactly(0.5, -1.0, 2.0);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {TFloat16.class, TBfloat16.class, TFloat32.class, TFloat64.class})
  <T extends TNumber> void everyType(Class<T> type) {
    Variable<T> v = tf.variable(tf.dtypes.cast(tf.constant(new double[] {0.5, -1, 2}), type));
    Operand<T> loss = tf.reduceSum(tf.math.mul(v, tf.math.sigmoid(v)), tf.constant(0));
    try (Session session = new Session(graph)) {
      SlopeCheck check = optimizer().verifySlope(session, loss, Map.of());
      assertThat(check.isRight()).as("%s", check).isTrue();
    }
  }

  /** TFloat16 and TBfloat16 are too coarse to tell a small error, but not such a one. */
  @ParameterizedTest
  @ValueSource(classes = {TFloat16.class, TBfloat16.class, TFloat32.class, TFloat64.class})
  <T extends TNumber> void aGradientTwiceTooLongInEveryType(Class<T> type) {
    Variable<T> v = tf.variable(tf.dtypes.cast(tf.constant(new double[] {0.5, -1, 2}), type));
    Operand<T> stopped = tf.math.mul(v, tf.stopGradient(v));
    Operand<T> loss = tf.reduceSum(stopped, tf.constant(0));
    try (Session session = new Session(graph)) {
      SlopeCheck check = optimizer().verifySlope(session, loss, Map.of());
      assertThat(check.isRight()).as("%s", check).isFalse();
      assertThat(check.slope()).isCloseTo(2, offset(0.1));
    }
  }

  @Test
  void aVariableWithoutInfluenceIsNoError() {
    Variable<TFloat64> idle = tf.variable(tf.constant(3.0));
    Operand<TFloat64> loss =
        sum(
            tf.math.mul(
                tf.math.mul(w, w),
                tf.math.add(tf.math.mul(idle, tf.constant(0.0)), tf.constant(1.0))));
    try (Session session = new Session(graph)) {
      SlopeCheck check = optimizer().verifySlope(session, loss, Map.of());
      assertThat(check.isRight()).as("%s", check).isTrue();
    }
  }

  @Test
  void aReferenceThatIsPassedOn() {
    Operand<TFloat64> reference =
        typed(
            graph
                .opBuilder("RefIdentity", "reference", tf.scope())
                .addInput(w.asOutput())
                .build()
                .output(0));
    Operand<TFloat64> loss = sum(tf.math.mul(reference, reference));
    try (Session session = new Session(graph)) {
      session.run(optimizer().minimize(loss));
      assertThat(Values.of(session, w)).containsExactly(0.375, -0.75, 1.5);
    }
    assertThatThrownBy(() -> optimizer().minimize(sum(tf.math.square(reference))))
        .hasMessageContaining("(Square) takes variable reference directly");
  }

  @Test
  void aVerifiedLossIsNoOther() {
    Operand<TFloat64> half = tf.math.xdivy(tf.math.mul(w, w), tf.constant(2.0));
    Operand<TFloat64> loss = sum(half);
    Operand<TFloat64> other = tf.math.mul(loss, loss);
    AliG optimizer = optimizer();
    try (Session session = new Session(graph)) {
      assertThat(optimizer.verifySlope(session, loss, Map.of()).isRight()).isTrue();
    }
    assertThatThrownBy(() -> optimizer.minimize(other)).hasMessageContaining("(Xdivy)");
    assertThat(optimizer.<TFloat64>computeGradients(loss)).hasSize(1);
    Op train = optimizer.minimize(loss);
    assertThat(train).isNotNull();
  }
}
