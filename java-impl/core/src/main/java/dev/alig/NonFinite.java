package dev.alig;

/**
 * What a step does if the loss or an element of a gradient is NaN or infinite. The choice is an
 * extension of the authors' optimizer.
 */
public enum NonFinite {
  /** Compute with the value, as {@code alig.th} does. NaN reaches the parameters. */
  PROPAGATE,

  /** Change no parameter and no momentum, and report {@link StepReport.Outcome#SKIPPED}. */
  SKIP,

  /** Throw {@link IllegalArgumentException} and change nothing. */
  REFUSE
}
