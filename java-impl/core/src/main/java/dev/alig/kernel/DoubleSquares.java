package dev.alig.kernel;

import java.util.Arrays;

/**
 * Σx² over one block of {@code double} elements, with a second sum of all rounding errors, in the
 * order that all kernels use.
 *
 * <p>The order is that of {@link FloatSquares}, with {@value #LANES} lanes. Each lane has a sum and
 * the sum of its rounding errors (algorithm Dot2 of T. Ogita, S. M. Rump, S. Oishi, "Accurate sum
 * and dot product", SIAM J. Sci. Comput. 26(6), 2005).
 */
final class DoubleSquares {
  /**
   * The number of lanes, a power of two. It is large because HotSpot vectorizes the loop over a row
   * of lanes, and a short loop would spend most of its time before and after its vectorized part.
   */
  static final int LANES = 128;

  private final double[] sums = new double[LANES];
  private final double[] lost = new double[LANES];
  private final double[] row = new double[LANES];
  private final double[] upperSums = new double[LANES / 2];
  private final double[] upperLost = new double[LANES / 2];

  /** The lanes' sums, which some kernels write directly. */
  double[] sums() {
    return sums;
  }

  /** The lanes' rounding errors. */
  double[] lost() {
    return lost;
  }

  void clear() {
    Arrays.fill(sums, 0);
    Arrays.fill(lost, 0);
  }

  /**
   * Adds the elements from {@code from} (inclusive) to {@code to} (exclusive). The first goes to
   * lane 0, so each part of a block but the last must have a multiple of {@value #LANES} elements.
   */
  void add(double[] x, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      int length = Math.min(LANES, to - i);
      System.arraycopy(x, i, row, 0, length);
      addRow(row, sums, lost, length);
    }
  }

  /** Static, with arrays as arguments, because HotSpot vectorizes such a loop. */
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

  /**
   * Adds all lanes up into the first element of {@link #sums} and of {@link #lost}, and overwrites
   * the others.
   */
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
