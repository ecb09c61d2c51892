package dev.alig;

/**
 * What a step does where the loss is below its lower bound; beyond the original.
 *
 * <p>The step rule assumes that it never is. The two originals differ: {@code alig.th} ascends,
 * {@code alig.tf} stops where a maximal learning rate is set.
 */
public enum NegativeLoss {
  /** Take the negative step that the formula gives, as {@code alig.th} does. */
  ASCEND,

  /**
   * Raise the step size to 0, as {@code alig.tf} does; standard momentum still moves the
   * parameters.
   */
  STOP,

  /** Throw {@link IllegalArgumentException} and change nothing. */
  REFUSE
}
