package dev.alig.conformance.properties;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Scripted;

/** A subject and the oracle differ on a case. */
public final class Disagreement extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final transient Difference difference;
  private final transient Scripted scripted;

  Disagreement(Difference difference, Scripted scripted) {
    super(difference.toString());
    this.difference = difference;
    this.scripted = scripted;
  }

  /** The facts. */
  Difference difference() {
    return difference;
  }

  /** The case. */
  Scripted scripted() {
    return scripted;
  }
}
