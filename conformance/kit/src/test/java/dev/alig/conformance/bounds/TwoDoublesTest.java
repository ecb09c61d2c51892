package dev.alig.conformance.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Beside its slow twin, {@link Real}. */
class TwoDoublesTest {
  private static final int PAIRS = 100_000;

  private final Random random = new Random(1);

  /** A number of the format, of any size, with few digits at times, so that results are exact. */
  private double draw(DType dtype) {
    int exponent = random.nextInt(2 * Math.getExponent(dtype.largest())) / 2 - 100;
    double digits = random.nextBoolean() ? random.nextGaussian() : random.nextInt(16) - 8;
    return dtype.round(Math.scalb(digits, exponent / (1 + random.nextInt(20))));
  }

  private static void agree(DType dtype, TwoDoubles fast, Real slow) {
    assertThat(fast.down(dtype)).isEqualTo(slow.down(dtype));
    assertThat(fast.up(dtype)).isEqualTo(slow.up(dtype));
  }

  @ParameterizedTest
  @EnumSource
  void sumsAndProductsLieBetweenTheSameNeighbours(DType dtype) {
    int compared = 0;
    for (int i = 0; i < PAIRS; i++) {
      double x = draw(dtype);
      double y = draw(dtype);
      TwoDoubles sum = TwoDoubles.sum(x, y);
      if (sum.isOrdinary(dtype)) {
        agree(dtype, sum, Real.of(x).plus(Real.of(y)));
        compared++;
      }
      TwoDoubles product = TwoDoubles.product(x, y);
      if (product.isOrdinary(dtype)) {
        agree(dtype, product, Real.of(x).times(Real.of(y)));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(PAIRS);
  }

  @ParameterizedTest
  @EnumSource
  void productsAreOrderedAsRealNumbersAre(DType dtype) {
    for (int i = 0; i < PAIRS; i++) {
      double x = 1 + random.nextInt(1 << 20) * 0x1p-52;
      double y = 1 + random.nextInt(1 << 20) * 0x1p-52;
      double z = 1 + random.nextInt(1 << 20) * 0x1p-52;
      assertThat(TwoDoubles.product(x, y).compareTo(TwoDoubles.product(y, z)))
          .isEqualTo(Real.of(x).times(Real.of(y)).compareTo(Real.of(y).times(Real.of(z))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theEndsOfAFormatAreNotOrdinary(DType dtype) {
    for (double end : new double[] {0, dtype.smallest(), dtype.smallestNormal(), dtype.largest()}) {
      assertThat(TwoDoubles.product(end, 1).isOrdinary(dtype)).as("" + end).isFalse();
      assertThat(TwoDoubles.sum(-end, 0).isOrdinary(dtype)).as("" + end).isFalse();
    }
    assertThat(TwoDoubles.product(0x1p-500, 0x1p-500).isOrdinary(dtype)).isFalse();
    assertThat(TwoDoubles.product(Double.NaN, 1).isOrdinary(dtype)).isFalse();
    assertThat(TwoDoubles.product(3, 5).isOrdinary(dtype)).isTrue();
  }
}
