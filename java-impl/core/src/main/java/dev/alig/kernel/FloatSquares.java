package dev.alig.kernel;

import java.util.Arrays;

/**
 * Σx² over one block of {@code float} elements, in the order that all kernels use.
 *
 * <p>The i-th element of a block is added to lane i mod {@value #LANES} by a fused multiply-add in
 * {@code float}: at most 8 roundings a lane. Then the upper half of the lanes is added to the lower
 * half, also in {@code float}, until {@value #LAST} lanes are left: 4 roundings. The last lanes are
 * added in {@code double}. So the relative error of the sum is at most 12·2⁻²⁴ + 10·2⁻⁵³, and its
 * bits depend neither on the width of the processor's vectors nor on the parts in which the block
 * is added.
 *
 * <p>{@code float} has too small a range for squares of very large and very small elements. {@link
 * #holds} tells when the sum may have suffered; {@link WideSquares} is right then.
 */
final class FloatSquares {
  /** The number of lanes, a power of two. HotSpot vectorizes the loop over a row of lanes. */
  static final int LANES = 512;

  /** The number of lanes that are added in {@code double}: a multiple of any vector's length. */
  static final int LAST = 32;

  /**
   * The least sum that holds. Each of the 4,096 squares of a block loses at most 2⁻¹⁵⁰ if it is
   * denormal, which is a relative 2⁻³⁸ of this sum.
   */
  private static final double LEAST = 0x1p-100;

  private final float[] lanes = new float[LANES];
  private final float[] upper = new float[LANES / 2];
  private final float[] row = new float[LANES];

  /** The sum of a block on the heap. */
  double of(float[] x, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      int length = Math.min(LANES, to - i);
      System.arraycopy(x, i, row, 0, length);
      add(row, length);
    }
    return take();
  }

  /** The lanes, which some kernels write directly. */
  float[] lanes() {
    return lanes;
  }

  /**
   * Adds elements from index 0 on, the first of them to lane 0. Each call for a block but the last
   * must have {@value #LANES} elements.
   */
  void add(float[] x, int length) {
    addRow(x, lanes, length);
  }

  /** Static, with arrays as arguments and one index, because HotSpot vectorizes such a loop. */
  private static void addRow(float[] x, float[] lanes, int length) {
    for (int i = 0; i < length; i++) {
      lanes[i] = Math.fma(x[i], x[i], lanes[i]);
    }
  }

  void addOne(int lane, float x) {
    lanes[lane] = Math.fma(x, x, lanes[lane]);
  }

  /** The sum of all lanes. The next block begins after it. */
  double take() {
    for (int half = LANES / 2; half >= LAST; half /= 2) {
      System.arraycopy(lanes, half, upper, 0, half);
      addHalf(lanes, upper, half);
    }
    return takeLast();
  }

  /** The sum of the last lanes, into which all others have been added. */
  double takeLast() {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int i = 0; i < LAST; i += 4) {
      a += lanes[i];
      b += lanes[i + 1];
      c += lanes[i + 2];
      d += lanes[i + 3];
    }
    Arrays.fill(lanes, 0);
    return (a + b) + (c + d);
  }

  private static void addHalf(float[] lanes, float[] upper, int half) {
    for (int i = 0; i < half; i++) {
      lanes[i] += upper[i];
    }
  }

  /** Whether no square of this sum has overflowed, nor too much has been lost below the range. */
  static boolean holds(double sum) {
    return sum >= LEAST && sum < Double.POSITIVE_INFINITY;
  }
}
