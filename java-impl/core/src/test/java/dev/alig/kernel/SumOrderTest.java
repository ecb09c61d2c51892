package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.Precision;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented order of summation, written down plainly. */
class SumOrderTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 100, 1000, 4096, 4097, 10_000})
  void floatsAreSummedInTheirOrder(int length) {
    double[] x = MemoryKernelTest.draw(new Random(length), Precision.FLOAT, length, false);
    CompensatedSum sum = new CompensatedSum();
    for (int block = 0; block < length; block += 4096) {
      double[] lanes = new double[32];
      for (int i = block; i < Math.min(length, block + 4096); i++) {
        lanes[(i - block) % 32] += x[i] * x[i];
      }
      sum.add(folded(lanes), 0);
    }
    Elements.Floats floats = new Elements.Floats(Precision.FLOAT);
    assertThat(floats.kernel().sumOfSquares(floats.slice(x, 2))).isEqualTo(sum.value());
  }

  private static double folded(double[] lanes) {
    for (int half = lanes.length / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[0];
  }
}
