package dev.alig.kernel;

import java.util.Arrays;

/**
 * Σx² over one block of {@code double} elements, in an order that every kernel keeps, with the
 * rounding errors of every square and every addition carried along.
 *
 * <p>As for {@link FloatSquares}, with {@value #LANES} lanes. Each lane is a sum and what was lost
 * of it (algorithm Dot2 of T. Ogita, S. M. Rump, S. Oishi, "Accurate sum and dot product", SIAM J.
 * Sci. Comput. 26(6), 2005).
 */
final class DoubleSquares {
  /**
   * A power of two. Many, because HotSpot vectorizes loops over arrays where all have one index,
   * and a row of lanes is such a loop; short loops would spend their time on what precedes and
   * follows.
   */
  static final int LANES = 128;

  private final double[] sums = new double[LANES];
  private final double[] lost = new double[LANES];
  private final double[] row = new double[LANES];
  private final double[] upperSums = new double[LANES / 2];
  private final double[] upperLost = new double[LANES / 2];

  /** The lanes' sums, for kernels that fill them themselves. */
  double[] sums() {
    return sums;
  }

  /** What the lanes' sums lack. */
  double[] lost() {
    return lost;
  }

  void clear() {
    Arrays.fill(sums, 0);
    Arrays.fill(lost, 0);
  }

  /**
   * Adds elements {@code from} to {@code to}; the first goes to lane 0, so that all but a block's
   * last part must have a multiple of {@value #LANES} elements.
   */
  void add(double[] x, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      int length = Math.min(LANES, to - i);
      System.arraycopy(x, i, row, 0, length);
      addRow(row, sums, lost, length);
    }
  }

  /** Static and on arrays of its own, which is what HotSpot vectorizes. */
  private static void addRow(double[] row, double[] sums, double[] lost, int length) {
    for (int i = 0; i < length; i++) {
      double x = row[i];
      double square = x * x;
      double sum = sums[i];
      double next = sum + square;
      double added = next - sum;
      lost[i] += (sum - (next - added)) + (square - added) + Math.fma(x, x, -square);
      sums[i] = next;
    }
  }

  void addOne(int lane, double x) {
    double square = x * x;
    double sum = sums[lane];
    double next = sum + square;
    double added = next - sum;
    lost[lane] += (sum - (next - added)) + (square - added) + Math.fma(x, x, -square);
    sums[lane] = next;
  }

  /** Adds all lanes up, using them up: the sum is then the first of {@link #sums}, and so on. */
  void fold() {
    for (int half = LANES / 2; half > 0; half /= 2) {
      System.arraycopy(sums, half, upperSums, 0, half);
      System.arraycopy(lost, half, upperLost, 0, half);
      foldHalf(sums, lost, upperSums, upperLost, half);
    }
  }

  private static void foldHalf(
      double[] sums, double[] lost, double[] upperSums, double[] upperLost, int half) {
    for (int i = 0; i < half; i++) {
      double a = sums[i];
      double b = upperSums[i];
      double next = a + b;
      double added = next - a;
      lost[i] = (lost[i] + upperLost[i]) + ((a - (next - added)) + (b - added));
      sums[i] = next;
    }
  }
}
