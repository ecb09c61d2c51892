package dev.alig.conformance.properties;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Scripted;

/** A subject and the oracle differ on a case. */
public final class Disagreement extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final transient Difference difference;
  private final transient Scripted scripted;
  private final boolean reducible;

  Disagreement(Difference difference, Scripted scripted) {
    this(difference, scripted, true);
  }

  private Disagreement(Difference difference, Scripted scripted, boolean reducible) {
    super(difference.toString());
    this.difference = difference;
    this.scripted = scripted;
    this.reducible = reducible;
  }

  /** A disagreement that another case would not show, such as one about a whole problem. */
  static Disagreement asFound(Difference difference, Scripted scripted) {
    return new Disagreement(difference, scripted, false);
  }

  /** Whether a smaller case may be looked for that shows the same. */
  boolean reducible() {
    return reducible;
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
