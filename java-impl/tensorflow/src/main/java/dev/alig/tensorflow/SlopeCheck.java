package dev.alig.tensorflow;

/**
 * The result of {@link AliG#verifySlope}: how well TensorFlow's gradient of a loss agrees with the
 * loss.
 *
 * <p>The slope of the loss L along a direction d is (L(w + εd) − L(w − εd)) / 2ε, and equals g·d if
 * g is the gradient. {@link AliG#verifySlope} compares both along the gradient, and along random
 * directions of each variable.
 *
 * @param slope the ratio of both along the gradient of all variables; 1 for a right gradient
 * @param worst the largest difference of both, relative to Σ|gᵢdᵢ|, after subtraction of the
 *     possible rounding error
 * @param where the direction of the largest difference
 * @param allowed the greatest {@code worst} of a right gradient
 */
public record SlopeCheck(double slope, double worst, String where, double allowed) {
  /** Whether the gradient is right within the accuracy of the measurement. */
  public boolean isRight() {
    return worst <= allowed;
  }

  @Override
  public String toString() {
    return "%s: ratio of slope and gradient %s, largest deviation %s %s, allowed %s"
        .formatted(isRight() ? "right" : "wrong", slope, worst, where, allowed);
  }
}
