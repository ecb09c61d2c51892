package dev.alig.conformance.differences;

/** Finds out whether a known difference still holds. */
@FunctionalInterface
interface DifferenceCheck {
  /**
   * Asks the parties of a run.
   *
   * @throws RuntimeException if one of them fails to answer; nothing is known then
   */
  Finding ask(Parties scene);
}
