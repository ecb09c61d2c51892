package dev.alig;

/**
 * What a step does where the loss or an element of a gradient is NaN or infinite; beyond the
 * original.
 */
public enum NonFinite {
  /** Compute with it, as {@code alig.th} does: NaN reaches the parameters. */
  PROPAGATE,

  /** Leave parameters and momentum as they are and report {@link StepReport.Outcome#SKIPPED}. */
  SKIP,

  /** Throw {@link IllegalArgumentException} and change nothing. */
  REFUSE
}
