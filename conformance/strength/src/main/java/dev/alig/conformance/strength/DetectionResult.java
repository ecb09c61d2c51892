package dev.alig.conformance.strength;

import dev.alig.conformance.Requirement;

/** Whether the suite noticed an optimizer of the catalogue. */
sealed interface DetectionResult {
  /** How many cases it was asked, the one that caught it included. */
  long cases();

  /**
   * The judge found a difference.
   *
   * @param by the requirement whose case it was
   */
  record Caught(Requirement by, long cases) implements DetectionResult {}

  /**
   * It failed to run a case.
   *
   * @param by the requirement whose case it was
   * @param message who failed, and how
   */
  record Threw(Requirement by, long cases, String message) implements DetectionResult {}

  /** Every case of the budget agreed. */
  record Survived(long cases) implements DetectionResult {}
}
