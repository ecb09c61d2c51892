package dev.alig.experiments.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;

/**
 * The truncated cross-entropy is what its definition says, in both frameworks.
 *
 * <p>Where the tolerance is from: a difference of scores has one rounding, which the exponential
 * makes as large as the difference; a sum of n terms has n roundings; the logarithm adds one.
 */
class LossTest {
  private static final double U = 0x1p-53;

  /** A batch of one image. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Case(String name, int places, int label, double... scores) {
    @Override
    public String toString() {
      return name;
    }

    double tolerance() {
      double widest = 0;
      for (double score : scores) {
        widest = Math.max(widest, Math.min(80, Math.abs(score - scores[label])));
      }
      return (widest + scores.length + 4) * 4 * U;
    }
  }

  static Stream<Case> cases() {
    Stream<Case> chosen =
        Stream.of(
            new Case("label among the highest", 2, 1, 3, 2, 1, 0.5, -1),
            new Case("label below the highest", 2, 3, 3, 2, 1, 0.5, -1),
            new Case("label is the first below the highest", 2, 2, 3, 2, 1, 0.5, -1),
            new Case("all scores are equal, label is lower", 2, 0, 1, 1, 1, 1, 1),
            new Case("all scores are equal, label is higher", 2, 4, 1, 1, 1, 1, 1),
            new Case("label ties with the last place and is lower", 2, 1, 3, 2, 2, 2, 0),
            new Case("label ties with the last place and is higher", 2, 3, 3, 2, 2, 2, 0),
            new Case("others tie at the last place", 2, 4, 3, 2, 2, 2, 0),
            new Case("as many places as classes", 5, 4, 3, 2, 1, 0.5, -1),
            new Case("more places than classes", 9, 4, 3, 2, 1, 0.5, -1),
            new Case("all places but one", 4, 4, 3, 2, 1, 0.5, -1),
            new Case("one place, label has it", 1, 0, 3, 2, 1),
            new Case("huge scores", 1, 2, 1e30, 1e30, -1e30, 1e29),
            new Case("huge scores that are equal", 1, 2, 1e300, 1e300, 1e300),
            new Case("differences about the cut", 1, 0, 0, 79, 80, 80.00000001, 81, 90),
            new Case("a loss near 0", 1, 0, 50, 10, 9, 8));
    Random random = new Random(3);
    Stream<Case> drawn =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    new Case(
                        "drawn " + i,
                        1 + random.nextInt(7),
                        random.nextInt(6),
                        // Halves, so that many are equal.
                        IntStream.range(0, 6).mapToDouble(j -> random.nextInt(9) / 2.0).toArray()));
    return Stream.concat(chosen, drawn);
  }

  /**
   * The terms of the sum by the definition: sort, leave out the first ones, leave out the label.
   */
  private static double[] terms(Case of) {
    List<Integer> ranked = new ArrayList<>(IntStream.range(0, of.scores.length).boxed().toList());
    ranked.sort(Comparator.comparingDouble((Integer j) -> -of.scores[j]));
    double[] terms = new double[of.scores.length];
    ranked.stream()
        .skip(of.places)
        .filter(j -> j != of.label)
        .forEach(j -> terms[j] = Math.exp(Math.min(of.scores[j] - of.scores[of.label], 80)));
    return terms;
  }

  private static double loss(Case of) {
    return Math.log1p(IntStream.range(0, of.scores.length).mapToDouble(j -> terms(of)[j]).sum());
  }

  private static double[] gradient(Case of) {
    double[] terms = terms(of);
    double sum = 1 + IntStream.range(0, terms.length).mapToDouble(j -> terms[j]).sum();
    double[] gradient = new double[terms.length];
    for (int j = 0; j < terms.length; j++) {
      if (of.scores[j] - of.scores[of.label] <= 80) {
        gradient[j] += terms[j] / sum;
        gradient[of.label] -= terms[j] / sum;
      }
    }
    return gradient;
  }

  private static void check(Case of, double loss, double[] gradient) {
    double expected = loss(of);
    assertThat(Math.abs(loss - expected)).isLessThanOrEqualTo(of.tolerance() * expected);
    double[] slopes = gradient(of);
    for (int j = 0; j < slopes.length; j++) {
      assertThat(Math.abs(gradient[j] - slopes[j])).isLessThanOrEqualTo(of.tolerance());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tensorFlowFollowsTheDefinition(Case of) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Shape shape = Shape.of(-1, of.scores.length);
      Operand<TFloat64> scores = tf.placeholder(TFloat64.class, Placeholder.shape(shape));
      double[][] wanted = new double[1][of.scores.length];
      wanted[0][of.label] = 1;
      Operand<TFloat64> loss =
          GraphLoss.of(tf, new Loss.Truncated(of.places), scores, tf.constant(wanted));
      Operand<?> slope = tf.gradients(loss, List.of(scores)).dy(0);
      try (TFloat64 fed = TFloat64.tensorOf(StdArrays.ndCopyOf(new double[][] {of.scores}));
          Result found =
              session.runner().feed(scores.asOutput(), fed).fetch(loss).fetch(slope).run()) {
        check(of, Numbers.doubles(found.get(0))[0], Numbers.doubles(found.get(1)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void deeplearning4jFollowsTheDefinition(Case of) {
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, 1, of.scores.length);
    labels.putScalar(0, of.label, 1);
    INDArray scores = Nd4j.createFromArray(new double[][] {of.scores});
    Pair<Double, INDArray> found =
        new TruncatedLoss(of.places)
            .computeGradientAndScore(labels, scores, new ActivationIdentity(), Nd4j.empty(), true);
    check(of, found.getFirst(), found.getSecond().toDoubleVector());
  }

  @Test
  void evaluationFollowsTheDefinition() {
    float[] scores = {3, 2, 2, 2, 0.5f};
    double expected = Math.log1p(2 + Math.exp(-1.5));
    assertThat(new Loss.Truncated(2).of(scores, 1)).isEqualTo(expected);
    // Class 1 has the second place; the label is left out.
    assertThat(new Loss.Truncated(2).of(scores, 3)).isEqualTo(Math.log1p(1 + Math.exp(-1.5)));
  }

  @Test
  void anImageIsRightIfItsLabelHasAPlace() {
    float[][] scores = {{1, 3, 2, 2}, {1, 3, 2, 2}, {Float.NaN, 3, 2, 2}};
    assertThat(ImageModel.correct(scores, new int[] {1, 0, 0}, 1)).isEqualTo(1);
    assertThat(ImageModel.correct(scores, new int[] {2, 3, 0}, 2)).isEqualTo(1);
    assertThat(ImageModel.correct(scores, new int[] {2, 3, 0}, 3)).isEqualTo(2);
    assertThat(ImageModel.correct(scores, new int[] {0, 0, 0}, 4)).isEqualTo(3);
  }

  @Test
  void noPlaceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Loss.Truncated(0))
        .withMessage("places must be >= 1, was 0");
  }
}
