package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.SoftmaxCrossEntropyWithLogits;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** Losses whose gradient by TensorFlow is wrong, absent or the end, and what to use instead. */
class WrongGradientTest {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);

  @AfterEach
  void close() {
    graph.close();
  }

  private Variable<TFloat64> variable(double... values) {
    return tf.withName("w").variable(tf.constant(values));
  }

  private Operand<TFloat64> sum(Operand<TFloat64> vector) {
    return tf.reduceSum(tf.reshape(vector, tf.constant(new int[] {-1})), tf.constant(0));
  }

  /** An embedding of 5 rows, looked up at 1 1 2 4 4 4, with the labels 1 to 6. */
  @Test
  void repeatedIndicesOfAnEmbedding() {
    Variable<TFloat64> rows = variable(0, 0, 0, 0, 0);
    Operand<TFloat64> read =
        tf.gather(rows, tf.constant(new int[] {1, 1, 2, 4, 4, 4}), tf.constant(0));
    Operand<TFloat64> labels = tf.constant(new double[] {1, 2, 3, 4, 5, 6});
    Operand<TFloat64> loss = sum(tf.math.squaredDifference(read, labels));
    AliG optimizer = AliG.builder(graph).eps(0).build();
    Output<?> gradient = optimizer.computeGradients(loss).get(0).getGradient();
    try (Session session = new Session(graph)) {
      assertThat(Values.of(session, gradient)).containsExactly(0.0, -6.0, -6.0, 0.0, -30.0);
    }
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "(Sign) takes variable w directly, and TensorFlow's gradient of it then fails or ends",
            loss((tf, w) -> tf.math.sign(w))),
        Arguments.of("(Square) takes variable w directly", loss((tf, w) -> tf.math.square(w))),
        Arguments.of(
            "(Cumprod) has no gradient in TensorFlow 2.18.0; use tf.reduceProd",
            loss((tf, w) -> tf.math.cumprod(w, tf.constant(0)))),
        Arguments.of(
            "(TopKV2) has no gradient in TensorFlow 2.18.0; use only its indices",
            loss((tf, w) -> tf.nn.topK(w, tf.constant(2), new TopK.Options[0]).values())),
        Arguments.of(
            "(LogSoftmax) has another rank than 2, and TensorFlow's gradient of it is wrong then;"
                + " reshape its input to a matrix, and reshape the result back",
            loss((tf, w) -> tf.nn.logSoftmax(tf.reshape(w, tf.constant(new int[] {1, 1, 3}))))),
        Arguments.of(
            "(Mean) takes axes of type TInt64, for which TensorFlow's gradient fails or ends the"
                + " process; give it TInt32",
            loss((tf, w) -> tf.math.mean(tf.math.mul(w, w), tf.constant(new long[] {0})))),
        Arguments.of(
            "(OneHot) takes its values from variables, and TensorFlow omits their gradient",
            loss(
                (tf, w) ->
                    tf.math.mul(
                        w,
                        tf.oneHot(
                            tf.constant(1),
                            tf.constant(3),
                            tf.reduceSum(w, tf.constant(0)),
                            tf.constant(0.0))))));
  }

  private interface Loss {
    Operand<TFloat64> of(Ops tf, Operand<TFloat64> w);
  }

  private static Loss loss(Loss loss) {
    return loss;
  }

  @ParameterizedTest
  @MethodSource
  void refused(String message, Loss loss) {
    Operand<TFloat64> built = sum(loss.of(tf, variable(0.5, 1, 2)));
    int before = size();
    assertThatThrownBy(() -> new AliG(graph, 0.1).minimize(built))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThat(size()).isEqualTo(before);
  }

  private int size() {
    int[] operations = {0};
    graph.operations().forEachRemaining(operation -> operations[0]++);
    return operations[0];
  }

  @Test
  void aWhileLoop() {
    Variable<TFloat64> w = variable(0.5);
    Operand<TInt32> start = tf.constant(0);
    Output<?>[] inputs = {start.asOutput(), tf.identity(w).asOutput()};
    Output<?>[] outputs =
        graph.whileLoop(
            inputs,
            (inside, in, out) -> {
              Ops ops = Ops.create(inside);
              Operand<TInt32> count = ints(in[0]);
              out[0] = ops.math.less(count, ops.constant(3)).asOutput();
            },
            (inside, in, out) -> {
              Ops ops = Ops.create(inside);
              Operand<TInt32> count = ints(in[0]);
              Operand<TFloat64> value = doubles(in[1]);
              out[0] = ops.math.add(count, ops.constant(1)).asOutput();
              out[1] = ops.math.mul(value, value).asOutput();
            },
            "loop");
    Operand<TFloat64> result = doubles(outputs[1]);
    assertThatThrownBy(() -> new AliG(graph, 0.1).minimize(sum(result)))
        .hasMessageContaining("(Exit) ends a while loop, and TensorFlow-Java's gradient of loops");
  }

  @SuppressWarnings("unchecked")
  private static Operand<TInt32> ints(Operand<?> operand) {
    return (Operand<TInt32>) operand;
  }

  @SuppressWarnings("unchecked")
  private static Operand<TFloat64> doubles(Operand<?> operand) {
    return (Operand<TFloat64>) operand;
  }

  /** Data that no trained variable reaches may pass whatever operation it likes. */
  @Test
  void whatNoGradientPassesIsNotAsked() {
    Variable<TFloat64> w = variable(0.5, 1, 2);
    Variable<TFloat64> fixed = tf.withName("fixed").variable(tf.constant(new double[] {3, 4, 5}));
    Operand<TFloat64> factor = tf.math.cumprod(tf.math.square(fixed), tf.constant(0));
    Operand<TFloat64> behind = tf.stopGradient(tf.math.cumprod(w, tf.constant(0)));
    Operand<TFloat64> index =
        tf.dtypes.cast(
            tf.math.argMax(tf.math.cumprod(w, tf.constant(0)), tf.constant(0)), TFloat64.class);
    Operand<TFloat64> loss = sum(tf.math.mul(tf.math.mul(w, factor), tf.math.add(behind, index)));
    new AliG(graph, 0.1).minimize(loss, List.of(w));
  }

  @Test
  void oneOfTwoPathsThatHasNoGradient() {
    Variable<TFloat64> w = variable(0.5, 1, 2);
    Operand<TFloat64> loss =
        sum(tf.math.add(tf.math.mul(w, w), tf.math.cumprod(w, tf.constant(0))));
    assertThatThrownBy(() -> new AliG(graph, 0.1).minimize(loss)).hasMessageContaining("(Cumprod)");
  }

  /** The shape is not known before a step. */
  @Test
  void aVectorForALoss() {
    Variable<TFloat64> w = variable(0.5, 1, 2);
    Placeholder<TInt32> shape = tf.placeholder(TInt32.class);
    Operand<TFloat64> loss = tf.reshape(tf.math.mul(w, w), shape);
    Op train = new AliG(graph, 0.1).minimize(loss);
    try (Session session = new Session(graph);
        Tensor fed = org.tensorflow.types.TInt32.vectorOf(3)) {
      assertThatThrownBy(() -> session.runner().feed(shape, fed).addTarget(train).run())
          .hasMessageContaining("the loss must be a scalar; reduce it with tf.math.mean or")
          .hasMessageContaining("its shape was");
      assertThat(Values.of(session, w)).containsExactly(0.5, 1.0, 2.0);
    }
  }

  private Op crossEntropy(Variable<TFloat32> w, Operand<TFloat32> labels) {
    Operand<TFloat32> loss =
        tf.math.mean(
            SoftmaxCrossEntropyWithLogits.create(tf.scope(), w, labels).loss(), tf.constant(0));
    return new AliG(graph, 0.1).minimize(loss);
  }

  private Variable<TFloat32> logits() {
    return tf.withName("w").variable(tf.constant(new float[][] {{1, 2, 3}, {3, 1, 0}}));
  }

  /** A row of zeros, as for padding, has the loss 0 and TensorFlow's gradient softmax. */
  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0, 2, 0", "0.5, 0.6, 0"})
  void labelsThatDoNotSumTo1(float first, float second, float third) {
    Variable<TFloat32> w = logits();
    Operand<TFloat32> labels = tf.constant(new float[][] {{0, 1, 0}, {first, second, third}});
    Op train = crossEntropy(w, labels);
    try (Session session = new Session(graph)) {
      assertThatThrownBy(() -> session.run(train))
          .hasMessageContaining("must have labels that sum to 1 in each row, or its gradient in")
          .hasMessageContaining("weight the loss of a row instead of its labels");
      assertThat(Values.of(session, w)).startsWith(1.0, 2.0, 3.0);
    }
  }

  @Test
  void labelsThatSumTo1ButForRounding() {
    Variable<TFloat32> w = logits();
    Operand<TFloat32> labels = tf.constant(new float[][] {{0.1f, 0.7f, 0.2f}, {0.3f, 0.3f, 0.4f}});
    Op train = crossEntropy(w, labels);
    try (Session session = new Session(graph)) {
      session.run(train);
      assertThat(Values.of(session, w).get(0)).isNotEqualTo(1.0);
    }
  }

  /** The right value of the first step: half the sum of both rows' losses. */
  @Test
  void logSoftmaxOfAReshapedCube() {
    Variable<TFloat64> w = variable(1, 2, 3, 4, 1, 0);
    Operand<TFloat64> matrix = tf.reshape(w, tf.constant(new int[] {2, 3}));
    Operand<TFloat64> cube = tf.reshape(tf.nn.logSoftmax(matrix), tf.constant(new int[] {2, 1, 3}));
    Operand<TFloat64> first =
        tf.slice(cube, tf.constant(new int[] {0, 0, 0}), tf.constant(new int[] {2, 1, 1}));
    Output<?> gradient =
        new AliG(graph).computeGradients(sum(tf.math.neg(first))).get(0).getGradient();
    try (Session session = new Session(graph)) {
      List<Double> found = Values.of(session, gradient);
      for (int row = 0; row < 2; row++) {
        double[] exp = new double[3];
        double total = 0;
        for (int i = 0; i < 3; i++) {
          exp[i] = Math.exp(List.of(1, 2, 3, 4, 1, 0).get(3 * row + i));
          total += exp[i];
        }
        for (int i = 0; i < 3; i++) {
          assertThat(found.get(3 * row + i))
              .isCloseTo(
                  exp[i] / total - (i == 0 ? 1 : 0), org.assertj.core.api.Assertions.offset(1e-14));
        }
      }
    }
  }
}
