package dev.alig;

/**
 * The sum Σ‖x‖² over tensors x, in a given precision.
 *
 * <p>As in {@code alig.th}, each norm, its square and each sum is rounded to the precision. So the
 * square of a norm of 1e20 is infinite in {@link Precision#FLOAT}, that of 1e-30 is 0, and that of
 * 256 is infinite in {@link Precision#HALF}. In {@link Precision#DOUBLE} a sum over tensors of
 * another type does not overflow; see {@link Settings#wideNorm}.
 */
public final class SquaredNorm {
  private final Precision precision;
  private double value;
  private boolean empty = true;
  private boolean summandsFinite = true;

  /** An empty sum, whose value is 0. */
  public SquaredNorm(Precision precision) {
    this.precision = precision;
  }

  /**
   * Adds one tensor.
   *
   * @param sumOfSquares the sum of its squared elements, not yet rounded
   */
  public void add(double sumOfSquares) {
    double norm = precision.round(Math.sqrt(sumOfSquares));
    value = precision.round(value + precision.round(norm * norm));
    empty = false;
    summandsFinite &= Double.isFinite(sumOfSquares);
  }

  /** Whether no tensor was added. */
  public boolean isEmpty() {
    return empty;
  }

  /** The sum so far. */
  public double value() {
    return value;
  }

  /** Whether the sum is infinite. */
  public boolean isInfinite() {
    return value == Double.POSITIVE_INFINITY;
  }

  /**
   * Whether the sum is infinite although each tensor's sum of squares is finite. Then the range of
   * the precision is too small.
   */
  public boolean overflowed() {
    return isInfinite() && summandsFinite;
  }

  /** The square root of the sum so far, rounded to the precision. */
  public double root() {
    return precision.round(Math.sqrt(value));
  }

  /** The precision that this sum rounds to. */
  public Precision precision() {
    return precision;
  }
}
