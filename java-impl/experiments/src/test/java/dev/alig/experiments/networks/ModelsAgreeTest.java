package dev.alig.experiments.networks;

import static dev.alig.experiments.networks.SmallImages.COUNT;
import static dev.alig.experiments.networks.SmallImages.LABELS;
import static dev.alig.experiments.networks.SmallImages.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.experiments.networks.ImageModel.Gradient;
import dev.alig.experiments.networks.ImageModel.Outcome;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.tensorflow.types.TFloat64;

/**
 * TensorFlow and Deeplearning4j compute the same network.
 *
 * <p>Where the tolerance is from: either framework gives the exact result of a computation whose
 * every number is off by at most γ = n·2⁻⁵³ of itself, where n is the number of terms of the
 * longest sum. What such an error of all parameters at once does to a result is measured. Each
 * layer makes one such error on the way forward and one on the way back, in each of two frameworks.
 */
class ModelsAgreeTest {
  /** A weight of the first convolution has a gradient per pixel of the batch. */
  private static final int LONGEST_SUM = COUNT * 16 * 16;

  private static final double GAMMA = LONGEST_SUM * 0x1p-53;

  private static final OptimizerSettings ALIG = new OptimizerSettings.AliG(0.1, 0.9, 15);

  static Stream<Network> networks() {
    return Stream.of(
        new WideResNet(10, 1, 0, 4),
        new WideResNet(10, 2, 0, 4),
        DenseNet.bottlenecks(10, 6, 4),
        new DenseNet(7, 6, false, 0.5, 4),
        new ResNet(10, 4, 4));
  }

  private static ImageModel tensorFlow(Network network) {
    return new TensorFlowModel<>(network, SIZE, ALIG, TFloat64.class, 3, 2);
  }

  private static ImageModel dl4j(Network network) {
    return new Dl4jModel(network, SIZE, ALIG, DataType.DOUBLE, 3, 2);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void lossAndGradientsAreTheSame(Network network) {
    float[] pixels = SmallImages.pixels();
    try (ImageModel first = tensorFlow(network);
        ImageModel second = dl4j(network)) {
      second.assign(first.values());
      Gradient one = first.gradient(pixels, LABELS, 0);
      Gradient other = second.gradient(pixels, LABELS, 0);
      first.assign(disturbed(first.values()));
      Gradient moved = first.gradient(pixels, LABELS, 0);

      int errors = 4 * Parameters.of(network, SIZE.channels()).size();
      double[] loss = {one.loss()};
      assertClose("loss", loss, new double[] {other.loss()}, new double[] {moved.loss()}, errors);
      assertThat(other.values().keySet()).isEqualTo(one.values().keySet());
      one.values()
          .forEach(
              (name, values) ->
                  assertClose(
                      name, values, of(other.values(), name), of(moved.values(), name), errors));
    }
  }

  private static Map<String, double[]> disturbed(Map<String, double[]> values) {
    Random random = new Random(11);
    Map<String, double[]> disturbed = new LinkedHashMap<>();
    values.forEach(
        (name, array) ->
            disturbed.put(
                name,
                Arrays.stream(array)
                    .map(x -> x * (1 + (random.nextBoolean() ? GAMMA : -GAMMA)))
                    .toArray()));
    return disturbed;
  }

  private static void assertClose(
      String name, double[] one, double[] other, double[] moved, int errors) {
    double largest = Arrays.stream(one).map(Math::abs).max().orElseThrow();
    double allowed = errors * Math.max(distance(one, moved), GAMMA * largest);
    assertThat(largest).as(name).isPositive();
    assertThat(allowed).as("what is allowed for " + name).isLessThan(1e-6 * largest);
    assertThat(distance(one, other)).as(name).isLessThanOrEqualTo(allowed);
  }

  private static double distance(double[] one, double[] other) {
    assertThat(other).hasSameSizeAs(one);
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
    }
    return largest;
  }

  private static double[] of(Map<String, double[]> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  /** The ball is active, since the initial norm is above 15, and so is the cap. */
  @ParameterizedTest
  @MethodSource("networks")
  void theirStepsGoTheSameWay(Network network) {
    float[] pixels = SmallImages.pixels();
    try (ImageModel first = tensorFlow(network);
        ImageModel second = dl4j(network)) {
      second.assign(first.values());
      for (int step = 0; step < 3; step++) {
        Outcome one = first.step(pixels, LABELS, 0, step);
        Outcome other = second.step(pixels, LABELS, 0, step);
        // Far more than rounding does in three steps, and far less than any mistake would.
        assertThat(relative(one.loss(), other.loss())).isLessThan(1e-9);
        assertThat(relative(one.gradientNorm(), other.gradientNorm())).isLessThan(1e-9);
        assertThat(relative(one.stepSize(), other.stepSize())).isLessThan(1e-9);
        assertThat(relative(one.unclippedStepSize(), other.unclippedStepSize())).isLessThan(1e-9);
        assertThat(relative(one.parameterNorm(), other.parameterNorm())).isLessThan(1e-9);
        assertThat(ImageModel.correct(one.scores(), LABELS, 1))
            .isEqualTo(ImageModel.correct(other.scores(), LABELS, 1));
      }
    }
  }

  private static double relative(double one, double other) {
    return Math.abs(one - other) / Math.abs(one);
  }
}
