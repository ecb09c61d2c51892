package dev.alig;

/**
 * The feasible set {w : ‖w‖ ≤ radius}, over all parameters of an optimizer together.
 *
 * @param radius the radius, at least 0; infinite for the whole space
 */
public record L2Ball(double radius) {
  /** The whole space: nothing is ever projected. */
  public static final L2Ball UNBOUNDED = new L2Ball(Double.POSITIVE_INFINITY);

  /**
   * Checks the radius.
   *
   * @throws IllegalArgumentException if it is negative or NaN
   */
  public L2Ball {
    if (!(radius >= 0)) {
      throw new IllegalArgumentException("radius of the l2 ball must be >= 0, was " + radius);
    }
  }

  /** Whether anything lies outside. */
  public boolean isBounded() {
    return radius != Double.POSITIVE_INFINITY;
  }

  /**
   * The factor that brings parameters of the given norm onto the ball.
   *
   * <p>1 if ‖w‖ ≤ radius or ‖w‖ is NaN, else (1/‖w‖)·radius, both operations rounded to the norm's
   * precision. That is how torch divides a Python number by a tensor; the result can exceed the
   * exact quotient by an ulp, and so can the projected norm the radius.
   *
   * @param norm ‖w‖² over all parameters
   */
  public double factor(SquaredNorm norm) {
    Precision precision = norm.precision();
    double total = norm.root();
    if (!(total > precision.round(radius))) {
      return 1;
    }
    return precision.round(precision.round(1 / total) * precision.scalar(radius));
  }
}
