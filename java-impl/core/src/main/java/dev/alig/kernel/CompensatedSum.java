package dev.alig.kernel;

/**
 * A sum of {@code double} numbers that also sums its rounding errors (algorithm Sum2 of Ogita, Rump
 * and Oishi, SIAM J. Sci. Comput. 26(6), 2005).
 *
 * <p>Infinities and NaN give the result of a plain sum.
 */
final class CompensatedSum {
  private double sum;
  private double lost;

  /** Adds a number, and the rounding error that the number is known to have. */
  void add(double value, double lostOfValue) {
    double next = sum + value;
    double added = next - sum;
    lost += ((sum - (next - added)) + (value - added)) + lostOfValue;
    sum = next;
  }

  double value() {
    double compensated = sum + lost;
    return Double.isNaN(compensated) ? sum : compensated;
  }
}
