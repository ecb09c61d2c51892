package dev.alig.conformance.sweep;

/**
 * The observation of a case or a probe on one release of torch.
 *
 * @param differs whether subject and oracle differ
 * @param bits a digest of the oracle's numbers
 * @param portable the same with torch's portable kernels; an empty text if unknown
 * @param blame which part is wrong
 * @param facts what was found, line by line
 */
record Observation(boolean differs, String bits, String portable, Blame blame, String facts) {
  /** Which part is wrong if a case differs, judged by exact arithmetic. */
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
    /** All numbers keep within their bounds. */
    NOBODY("nobody: every number keeps within its bounds");

    /** The text that users see. */
    final String words;

    Blame(String words) {
      this.words = words;
    }
  }
}
