package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alig.Precision;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SumOfSquaresTest {
  private static final double UNIT = 0x1p-53;

  /** One rounding of the result, and of second order nothing that a few blocks could show. */
  @Property(tries = 200)
  void doublesSumAsInTwiceTheirPrecision(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3 * MemoryKernel.BLOCK) int length) {
    double[] x = draw(seed, length, Precision.DOUBLE);
    double sum = Kernels.ofDoubles().sumOfSquares(Slice.of(x), false);
    assertThat(sum).isCloseTo(exact(x).doubleValue(), within(exact(x).doubleValue() * 2 * UNIT));
  }

  /** 8 roundings in a lane, 4 where lanes are added, and some more in double. */
  @Property
  void floatsSumWithinTheirErrorBound(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 10_000) int length) {
    assertFloats(draw(seed, length, Precision.FLOAT), false, 12 * 0x1p-24 + 33 * UNIT);
  }

  /**
   * Each addition on the longest path errs by at most one unit: a block's rows, 5 for its lanes,
   * and 2 for what compensation leaves of the sum over blocks.
   */
  @Property
  void wideSumsOfFloatsAreAsAccurateAsDoubles(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 10_000) int length) {
    int rows = Math.min(length, MemoryKernel.BLOCK) / WideSquares.LANES + 1;
    assertFloats(draw(seed, length, Precision.FLOAT), true, (rows + 5 + 2) * UNIT);
  }

  /** Squares of such elements lie below and above the range of float, and on its ends. */
  @ParameterizedTest
  @ValueSource(ints = {-149, -120, -75, -74, -63, -62, -57, -50, 50, 63, 64, 100, 126})
  void floatsOfAnyMagnitudeSumWithinTheSameBound(int exponent) {
    Random random = new Random(exponent);
    for (int length : new int[] {1, 7, 600, MemoryKernel.BLOCK, 5000}) {
      double[] x =
          random
              .doubles(length, 0.5, 2)
              .map(each -> Precision.FLOAT.round(Math.scalb(each, exponent)))
              .toArray();
      assertFloats(x, false, 12 * 0x1p-24 + 0x1p-38 + 33 * UNIT);
    }
  }

  private static void assertFloats(double[] x, boolean wide, double allowed) {
    Slice<float[]> slice = new Elements.Floats(Precision.FLOAT).slice(x, 3);
    double expected = exact(x).doubleValue();
    assertThat(Kernels.ofFloats().sumOfSquares(slice, wide))
        .isCloseTo(expected, within(expected * allowed));
  }

  @Test
  void doublesKeepWhatAPlainSumLoses() {
    double[] x = new double[1 << 20];
    Arrays.fill(x, 0x1p-27);
    x[0] = 1;
    assertThat(Kernels.ofDoubles().sumOfSquares(Slice.of(x), false))
        .isEqualTo(exact(x).round(new MathContext(40)).doubleValue());
  }

  @Test
  void floatsOfAnyMagnitudeDoNotOverflow() {
    float[] x = {Float.MAX_VALUE, Float.MIN_VALUE, Float.MAX_VALUE};
    double square = (double) Float.MAX_VALUE * Float.MAX_VALUE;
    assertThat(Kernels.ofFloats().sumOfSquares(Slice.of(x), false)).isEqualTo(2 * square);
  }

  @Test
  void doublesTooLargeGiveInfinity() {
    double[] x = {1, 1e200, 2, 1e200};
    assertThat(Kernels.ofDoubles().sumOfSquares(Slice.of(x), false))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void infinityGivesInfinity(double value) {
    assertThat(Kernels.ofDoubles().sumOfSquares(Slice.of(new double[] {1, value, 2}), false))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void notANumberSpreads() {
    assertThat(Kernels.ofDoubles().sumOfSquares(Slice.of(new double[] {1, Double.NaN}), false))
        .isNaN();
  }

  @Test
  void nothingSumsToZero() {
    assertThat(Kernels.ofFloats().sumOfSquares(Slice.of(new float[0]), false)).isZero();
    assertThat(Kernels.ofDoubles().sumOfSquares(Slice.of(new double[0]), false)).isZero();
  }

  /** 300² is beyond HALF's largest value, so that a sum kept in HALF would be infinite. */
  @Test
  void halvesSumWiderThanTheirFormat() {
    Slice<float[]> values = Slice.of(new float[] {300, 400});
    assertThat(Kernels.ofHalves(Precision.HALF).sumOfSquares(values, false)).isEqualTo(250_000);
  }

  @Test
  void finiteElementsAreFiniteEvenIfTheirSquaresAreNot() {
    assertThat(Kernels.ofDoubles().allFinite(Slice.of(new double[] {1e200, -1e200}))).isTrue();
    assertThat(Kernels.ofFloats().allFinite(Slice.of(new float[] {3e38f, -3e38f}))).isTrue();
    assertThat(Kernels.ofHalves(Precision.HALF).allFinite(Slice.of(new float[] {65504, -65504})))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void oneBadElementIsNoticed(double bad) {
    assertThat(Kernels.ofDoubles().allFinite(Slice.of(new double[] {1, bad, 2}))).isFalse();
    assertThat(Kernels.ofFloats().allFinite(Slice.of(new float[] {1, (float) bad, 2}))).isFalse();
    assertThat(Kernels.ofHalves(Precision.HALF).allFinite(Slice.of(new float[] {(float) bad})))
        .isFalse();
  }

  private static double[] draw(long seed, int length, Precision precision) {
    Random random = new Random(seed);
    return random
        .doubles(length, -1, 1)
        .map(x -> precision.round(Math.scalb(x, random.nextInt(60) - 30)))
        .toArray();
  }

  private static BigDecimal exact(double[] values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value).pow(2));
    }
    return sum;
  }
}
