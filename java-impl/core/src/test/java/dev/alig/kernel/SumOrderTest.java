package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.Precision;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented order of summation, written down plainly. */
class SumOrderTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 511, 512, 513, 1000, 4096, 4097, 10_000})
  void floatsAreSummedInTheirOrder(int length) {
    assertOrder(length, false, SumOrderTest::inFloat);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 100, 1000, 4096, 4097, 10_000})
  void wideSumsOfFloatsHaveTheirOrder(int length) {
    assertOrder(length, true, SumOrderTest::inDouble);
  }

  private static void assertOrder(int length, boolean wide, ToDoubleFunction<double[]> ofBlock) {
    double[] x = MemoryKernelTest.draw(new Random(length), Precision.FLOAT, length, false);
    CompensatedSum sum = new CompensatedSum();
    for (int block = 0; block < length; block += 4096) {
      sum.add(
          ofBlock.applyAsDouble(Arrays.copyOfRange(x, block, Math.min(length, block + 4096))), 0);
    }
    Elements.Floats floats = new Elements.Floats(Precision.FLOAT);
    assertThat(floats.kernel().sumOfSquares(floats.slice(x, 2), wide)).isEqualTo(sum.value());
  }

  private static double inFloat(double[] x) {
    float[] lanes = new float[512];
    for (int i = 0; i < x.length; i++) {
      lanes[i % 512] = Math.fma((float) x[i], (float) x[i], lanes[i % 512]);
    }
    for (int half = 256; half >= 32; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    double[] sums = new double[4];
    for (int i = 0; i < 32; i++) {
      sums[i % 4] += lanes[i];
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }

  private static double inDouble(double[] x) {
    double[] lanes = new double[32];
    for (int i = 0; i < x.length; i++) {
      lanes[i % 32] += x[i] * x[i];
    }
    for (int half = 16; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[0];
  }
}
