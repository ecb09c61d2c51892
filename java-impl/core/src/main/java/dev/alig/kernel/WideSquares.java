package dev.alig.kernel;

import java.util.Arrays;

/**
 * Σx² over one block of {@code float} elements in {@code double}: slower than {@link FloatSquares},
 * but as accurate as {@code double}, and for elements of any magnitude.
 *
 * <p>The i-th element of a block is squared in {@code double}, which is exact, and added to lane i
 * mod {@value #LANES}. At the end the upper half of the lanes is added to the lower half until one
 * lane is left. So the bits depend neither on the width of the processor's vectors nor on the parts
 * in which the block is added. A sum of finite elements never overflows.
 */
final class WideSquares {
  /** The number of lanes, a power of two. */
  static final int LANES = 32;

  /** The number of sums that one pass over the elements keeps in registers. */
  private static final int PASS = 8;

  private final double[] lanes = new double[LANES];

  private final float[] row = new float[FloatSquares.LANES];

  /** The sum of a block on the heap. */
  double of(float[] x, int from, int to) {
    add(x, from, to);
    return take();
  }

  /** The sum of a block in off-heap memory, whose first element is at an address. */
  double of(long address, int length) {
    for (int from = 0; from < length; from += row.length) {
      int part = Math.min(row.length, length - from);
      Transfer.in(address + (long) from * Float.BYTES, row, part);
      add(row, 0, part);
    }
    return take();
  }

  /**
   * Adds the elements from {@code from} (inclusive) to {@code to} (exclusive). The first goes to
   * lane 0, so each part of a block but the last must have a multiple of {@value #LANES} elements.
   *
   * <p>This method is long on purpose, so that HotSpot does not inline it. Measured on JDK 17:
   * inlined into other code, it sometimes runs at less than half the speed.
   */
  private void add(float[] x, int from, int to) {
    int whole = to - (to - from) % LANES;
    for (int lane = 0; lane < LANES; lane += PASS) {
      double s0 = lanes[lane];
      double s1 = lanes[lane + 1];
      double s2 = lanes[lane + 2];
      double s3 = lanes[lane + 3];
      double s4 = lanes[lane + 4];
      double s5 = lanes[lane + 5];
      double s6 = lanes[lane + 6];
      double s7 = lanes[lane + 7];
      for (int i = from + lane; i < whole; i += LANES) {
        double x0 = x[i];
        double x1 = x[i + 1];
        double x2 = x[i + 2];
        double x3 = x[i + 3];
        double x4 = x[i + 4];
        double x5 = x[i + 5];
        double x6 = x[i + 6];
        double x7 = x[i + 7];
        s0 = Math.fma(x0, x0, s0);
        s1 = Math.fma(x1, x1, s1);
        s2 = Math.fma(x2, x2, s2);
        s3 = Math.fma(x3, x3, s3);
        s4 = Math.fma(x4, x4, s4);
        s5 = Math.fma(x5, x5, s5);
        s6 = Math.fma(x6, x6, s6);
        s7 = Math.fma(x7, x7, s7);
      }
      lanes[lane] = s0;
      lanes[lane + 1] = s1;
      lanes[lane + 2] = s2;
      lanes[lane + 3] = s3;
      lanes[lane + 4] = s4;
      lanes[lane + 5] = s5;
      lanes[lane + 6] = s6;
      lanes[lane + 7] = s7;
    }
    for (int i = whole; i < to; i++) {
      double last = x[i];
      lanes[i - whole] = Math.fma(last, last, lanes[i - whole]);
    }
  }

  /** The sum of all lanes. The next block begins after it. */
  private double take() {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    double sum = lanes[0];
    Arrays.fill(lanes, 0);
    return sum;
  }
}
