package dev.alig.conformance.defects;

import dev.alig.conformance.Requirement;

/** What became of an optimizer of the catalogue. */
public sealed interface Fate {
  /** How many cases it was asked, the one that caught it included. */
  long cases();

  /**
   * The judge found a difference.
   *
   * @param by the requirement whose case it was
   */
  record Caught(Requirement by, long cases) implements Fate {}

  /**
   * It failed to run a case.
   *
   * @param by the requirement whose case it was
   * @param message who failed, and how
   */
  record Threw(Requirement by, long cases, String message) implements Fate {}

  /** Every case of the budget agreed. */
  record Survived(long cases) implements Fate {}
}
