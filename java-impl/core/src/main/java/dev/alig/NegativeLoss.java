package dev.alig;

/**
 * What a step does if the loss is below {@link Settings#lowerBound}.
 *
 * <p>ALI-G assumes that this never happens. The authors' two implementations differ: {@code
 * alig.th} ascends, and {@code alig.tf} stops if it has a maximal learning rate. The choice is an
 * extension of the authors' optimizer.
 */
public enum NegativeLoss {
  /** Use the negative step size that the formula gives, as {@code alig.th} does. */
  ASCEND,

  /** Use the step size 0, as {@code alig.tf} does. Standard momentum still moves the parameters. */
  STOP,

  /** Throw {@link IllegalArgumentException} and change nothing. */
  REFUSE
}
