package dev.alig.conformance.differences;

/** Finds out whether a known difference still holds. */
@FunctionalInterface
interface DifferenceCheck {
  /**
   * Asks the parties of a run.
   *
   * @throws RuntimeException if a party fails to answer; then there is no finding
   */
  Finding ask(Parties scene);
}
