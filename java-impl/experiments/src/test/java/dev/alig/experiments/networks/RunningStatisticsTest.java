package dev.alig.experiments.networks;

import static dev.alig.experiments.networks.SmallImages.COUNT;
import static dev.alig.experiments.networks.SmallImages.LABELS;
import static dev.alig.experiments.networks.SmallImages.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** What batch normalization keeps for evaluation. */
class RunningStatisticsTest {
  private static final String LAYER = "block1.layer.0.bn1";

  /** So many numbers of a channel that layer normalizes together. */
  private static final int TOGETHER = COUNT * 16 * 16;

  private static final OptimizerSettings ALIG =
      new OptimizerSettings.AliG(0.01, 0, Double.POSITIVE_INFINITY);

  private final Network network = new WideResNet(10, 1, 0, 4);

  private static double[] of(Map<String, double[]> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  /** A tenth of the way, to the unbiased variance in TensorFlow and the biased one in DL4J. */
  @Test
  void theyMoveByATenth() {
    float[] pixels = SmallImages.pixels();
    try (ImageModel first = new TensorFlowModel<>(network, SIZE, ALIG, TFloat64.class, 3, 2);
        ImageModel second = new Dl4jModel(network, SIZE, ALIG, DataType.DOUBLE, 3, 2)) {
      second.assign(first.values());
      double[] bare = of(first.values(), "conv1.weight");
      first.step(pixels, LABELS, 0, 0);
      second.step(pixels, LABELS, 0, 0);
      double[][] expected = momentsOfFirstConvolution(bare, pixels);
      double[] means = of(first.values(), LAYER + ".running_mean");
      double[] variances = of(first.values(), LAYER + ".running_var");
      double[] biased = of(second.values(), LAYER + ".running_var");
      for (int channel = 0; channel < means.length; channel++) {
        double variance = expected[1][channel];
        double unbiased = variance * TOGETHER / (TOGETHER - 1);
        assertClose(means[channel], 0.1 * expected[0][channel]);
        assertClose(of(second.values(), LAYER + ".running_mean")[channel], means[channel]);
        assertClose(variances[channel], 0.9 + 0.1 * unbiased);
        assertClose(biased[channel], 0.9 + 0.1 * variance);
      }
    }
  }

  /** Sums of 1,024 numbers near 1, with an error of 2⁻⁵³ per addition. */
  private static void assertClose(double found, double expected) {
    assertThat(Math.abs(found - expected)).isLessThan(8 * TOGETHER * 0x1p-53);
  }

  /** Means and variances of the first convolution's channels, by its definition. */
  private static double[][] momentsOfFirstConvolution(double[] weights, float[] pixels) {
    int outputs = weights.length / (3 * 9);
    double[][] moments = new double[2][outputs];
    for (int output = 0; output < outputs; output++) {
      double sum = 0;
      double squares = 0;
      for (int image = 0; image < COUNT; image++) {
        for (int row = 0; row < 16; row++) {
          for (int column = 0; column < 16; column++) {
            double value = at(weights, pixels, output, image, row, column);
            sum += value;
            squares += value * value;
          }
        }
      }
      moments[0][output] = sum / TOGETHER;
      moments[1][output] = squares / TOGETHER - moments[0][output] * moments[0][output];
    }
    return moments;
  }

  private static double at(
      double[] weights, float[] pixels, int output, int image, int row, int column) {
    double sum = 0;
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < 9; i++) {
        int y = row + i / 3 - 1;
        int x = column + i % 3 - 1;
        if (y >= 0 && y < 16 && x >= 0 && x < 16) {
          double weight = weights[(output * 3 + channel) * 9 + i];
          sum += weight * pixels[((image * 3 + channel) * 16 + y) * 16 + x];
        }
      }
    }
    return sum;
  }

  /**
   * The fused operation of floats and the written one of doubles move alike, to the rounding of
   * floats: sums of 1,024 numbers near 1.
   */
  @Test
  void floatsMoveLikeDoubles() {
    float[] pixels = SmallImages.pixels();
    try (ImageModel wide = new TensorFlowModel<>(network, SIZE, ALIG, TFloat64.class, 3, 2);
        ImageModel narrow = new TensorFlowModel<>(network, SIZE, ALIG, TFloat32.class, 3, 2)) {
      wide.assign(narrow.values());
      wide.step(pixels, LABELS, 0, 0);
      narrow.step(pixels, LABELS, 0, 0);
      for (String kind : new String[] {".running_mean", ".running_var"}) {
        double[] expected = of(wide.values(), LAYER + kind);
        double[] found = of(narrow.values(), LAYER + kind);
        for (int channel = 0; channel < expected.length; channel++) {
          assertThat(Math.abs(found[channel] - expected[channel])).isLessThan(TOGETHER * 0x1p-24);
        }
      }
    }
  }

  @Test
  void evaluationUsesThemAndChangesNothing() {
    float[] pixels = SmallImages.pixels();
    try (ImageModel first = new TensorFlowModel<>(network, SIZE, ALIG, TFloat64.class, 3, 2);
        ImageModel second = new Dl4jModel(network, SIZE, ALIG, DataType.DOUBLE, 3, 2)) {
      first.step(pixels, LABELS, 0, 0);
      second.assign(first.values());
      float[][] one = first.scores(pixels);
      float[][] other = second.scores(pixels);
      for (int image = 0; image < COUNT; image++) {
        for (int c = 0; c < network.classes(); c++) {
          // Scores are handed over as floats, of numbers that agree to many more digits.
          float spacing = Math.ulp(Math.max(1, Math.abs(one[image][c])));
          assertThat(Math.abs(one[image][c] - other[image][c])).isLessThanOrEqualTo(spacing);
        }
      }
      Map<String, double[]> before = first.values();
      assertThat(first.scores(pixels)).isDeepEqualTo(one);
      before.forEach((name, values) -> assertThat(first.values().get(name)).isEqualTo(values));
    }
  }
}
