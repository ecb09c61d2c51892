package dev.alig.conformance.bounds;

import dev.alig.conformance.model.DType;

/**
 * The exact result of an operation on two doubles, held as two doubles: the rounded result and its
 * rounding error.
 *
 * <p>For numbers well inside the range of a format this gives the same answers as {@link
 * dev.alig.conformance.exact.Real}, at a small fraction of the cost (Ogita, Rump and Oishi,
 * "Accurate Sum and Dot Product", SIAM J. Sci. Comput. 26, 2005).
 *
 * @param value the result, rounded to the nearest double
 * @param rest the exact result minus {@code value}
 */
record TwoDoubles(double value, double rest) implements Comparable<TwoDoubles> {
  /** From this size on, the rest of a product is a double: no digit lies below the denormals. */
  private static final double SMALLEST = 0x1p-960;

  /** This factor away from the ends of a format, a number and its neighbours are not special. */
  private static final double MARGIN = 4;

  /** x + y for finite numbers (Knuth's TwoSum). */
  static TwoDoubles sum(double x, double y) {
    double sum = x + y;
    double ofY = sum - x;
    return new TwoDoubles(sum, (x - (sum - ofY)) + (y - ofY));
  }

  /** x · y for finite numbers. */
  static TwoDoubles product(double x, double y) {
    double product = x * y;
    return new TwoDoubles(product, Math.fma(x, y, -product));
  }

  /**
   * Whether the two parts are exact, and the result and its neighbours in a format are neither
   * zero, denormal nor infinite.
   */
  boolean isOrdinary(DType dtype) {
    double size = Math.abs(value);
    return size >= Math.max(SMALLEST, MARGIN * dtype.smallestNormal())
        && size <= dtype.largest() / MARGIN;
  }

  /** The largest number of a format that is not above an ordinary result. */
  double down(DType dtype) {
    double nearest = dtype.round(value);
    boolean above = nearest > value || (nearest == value && rest < 0);
    return above ? dtype.down(nearest) : nearest;
  }

  /** The smallest number of a format that is not below an ordinary result. */
  double up(DType dtype) {
    double nearest = dtype.round(value);
    boolean below = nearest < value || (nearest == value && rest > 0);
    return below ? dtype.up(nearest) : nearest;
  }

  @Override
  public int compareTo(TwoDoubles that) {
    return value == that.value
        ? Double.compare(rest, that.rest)
        : Double.compare(value, that.value);
  }
}
