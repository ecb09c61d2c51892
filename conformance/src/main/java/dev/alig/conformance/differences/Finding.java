package dev.alig.conformance.differences;

/** What a check found of a known difference. */
public sealed interface Finding {
  /** The two parties differ as the register says; {@code evidence} gives numbers. */
  record Holds(String evidence) implements Finding {}

  /** They no longer do, so that the entry has to go or to be corrected. */
  record Stale(String evidence) implements Finding {}

  /** One of the two has no part in this run. */
  record NotAsked(String why) implements Finding {}

  /** A difference that holds or is stale, with the same evidence either way. */
  static Finding of(boolean holds, String evidence) {
    return holds ? new Holds(evidence) : new Stale(evidence);
  }
}
