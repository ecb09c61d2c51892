package dev.alig.conformance.differences;

/** What a check found out about a known difference. */
sealed interface Finding {
  /** The numbers that show it, or why the parties were not asked. */
  String evidence();

  /** The two parties differ as the register says. */
  record Holds(String evidence) implements Finding {}

  /** They no longer differ as described: the entry must be removed or corrected. */
  record Stale(String evidence) implements Finding {}

  /** One of the two does not take part in this run. */
  record NotAsked(String evidence) implements Finding {}

  /** A difference that holds or is stale, with the same evidence either way. */
  static Finding of(boolean holds, String evidence) {
    return holds ? new Holds(evidence) : new Stale(evidence);
  }
}
