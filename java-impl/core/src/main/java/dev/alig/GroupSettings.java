package dev.alig;

/**
 * The settings of one parameter group.
 *
 * @param maxLearningRate the cap, an upper bound on the step size, more than 0; {@link #UNCAPPED}
 *     for none
 * @param momentum the momentum μ, ≥ 0; 0 for none. Values of 1 and more are accepted, as in {@code
 *     alig.th}, but rarely converge
 */
public record GroupSettings(double maxLearningRate, double momentum) {
  /** The value of {@link #maxLearningRate} that never caps a step. */
  public static final double UNCAPPED = Double.POSITIVE_INFINITY;

  /** No cap and no momentum, as the authors' optimizer has by default. */
  public static final GroupSettings DEFAULT = new GroupSettings(UNCAPPED, 0);

  /**
   * Checks both values.
   *
   * @throws IllegalArgumentException if a value is out of range or NaN
   */
  public GroupSettings {
    if (!(maxLearningRate > 0)) {
      throw new IllegalArgumentException(
          "maxLearningRate must be > 0, was " + maxLearningRate + "; use UNCAPPED for no cap");
    }
    if (!(momentum >= 0)) {
      throw new IllegalArgumentException("momentum must be >= 0, was " + momentum);
    }
  }

  /** Whether this group keeps a momentum buffer. */
  public boolean hasMomentum() {
    return momentum != 0;
  }
}
