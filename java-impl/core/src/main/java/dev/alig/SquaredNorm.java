package dev.alig;

/**
 * Σ‖x‖² over tensors x, added up in their own precision.
 *
 * <p>Each norm is rounded to the precision, squared there and summed there, as in {@code alig.th}:
 * in {@link Precision#FLOAT} a norm of 1e20 counts as infinite and one of 1e-30 as 0.
 */
public final class SquaredNorm {
  private final Precision precision;
  private double value;
  private boolean empty = true;

  /** Starts at 0, over no tensor. */
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
  }

  /** Whether no tensor was added. */
  public boolean isEmpty() {
    return empty;
  }

  /** The sum so far. */
  public double value() {
    return value;
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
