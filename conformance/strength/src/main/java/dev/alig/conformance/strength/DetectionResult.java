package dev.alig.conformance.strength;

import dev.alig.conformance.Requirement;

/** Whether the suite caught an optimizer of the catalogue. */
sealed interface DetectionResult {
  /** How many cases it ran, including the one that caught it. */
  long cases();

  /**
   * The judge found a difference.
   *
   * @param by the requirement of the case
   */
  record Caught(Requirement by, long cases) implements DetectionResult {}

  /**
   * It failed to run a case.
   *
   * @param by the requirement of the case
   * @param message what failed, and how
   */
  record Threw(Requirement by, long cases, String message) implements DetectionResult {}

  /** No case of the budget caught it. */
  record Survived(long cases) implements DetectionResult {}
}
