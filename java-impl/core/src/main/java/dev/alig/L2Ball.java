package dev.alig;

/**
 * The feasible set {w : ‖w‖ ≤ radius}, where w holds all parameters of an optimizer.
 *
 * @param radius the radius, ≥ 0; infinite for no constraint
 */
public record L2Ball(double radius) {
  /** No constraint: nothing is projected. */
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

  /** Whether the radius is finite. */
  public boolean isBounded() {
    return radius != Double.POSITIVE_INFINITY;
  }

  /**
   * The factor that scales parameters of the given norm onto the ball.
   *
   * <p>It is 1 if ‖w‖ ≤ radius or ‖w‖ is NaN, else (1/‖w‖)·radius. Both operations round to the
   * norm's precision, as in torch when it divides a Python number by a tensor. The factor can
   * exceed the exact quotient by one ulp. The projected norm can therefore slightly exceed the
   * radius.
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
