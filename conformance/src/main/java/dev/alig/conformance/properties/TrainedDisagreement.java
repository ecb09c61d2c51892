package dev.alig.conformance.properties;

import dev.alig.conformance.Difference;

/** A subject and the oracle train differently. */
public final class TrainedDisagreement extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final transient Difference difference;

  TrainedDisagreement(Difference difference) {
    super(difference.toString());
    this.difference = difference;
  }

  /** The facts. */
  Difference difference() {
    return difference;
  }
}
