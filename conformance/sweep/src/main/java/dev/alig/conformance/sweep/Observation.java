package dev.alig.conformance.sweep;

/**
 * What one release of torch shows of a case or a probe.
 *
 * @param differs whether subject and oracle differ
 * @param bits a digest of the oracle's numbers
 * @param portable the same with torch's portable kernels; an empty text if unknown
 * @param blame who is off
 * @param facts what was found, line by line
 */
record Observation(boolean differs, String bits, String portable, Blame blame, String facts) {
  /** Who is off if a case differs, by the answers of exact arithmetic. */
  enum Blame {
    /** Numbers change between Java and Python. */
    JEP("Jep: what Python computes is not what arrives in Java"),
    /** The oracle leaves its bounds, but only with the kernels for this processor. */
    DEVICE(
        "the device: torch's portable kernels keep within the bounds, those for this device do"
            + " not"),
    /** The oracle leaves its bounds. */
    ORACLE("the oracle: its numbers are not those of exact arithmetic"),
    /** The subject leaves its bounds, and the oracle does not. */
    JAVA("Java: the subject's numbers are not those of exact arithmetic, the oracle's are"),
    /** All keep within their bounds. */
    NOBODY("nobody: every number keeps within its bounds");

    /** The words for people. */
    final String words;

    Blame(String words) {
      this.words = words;
    }
  }
}
