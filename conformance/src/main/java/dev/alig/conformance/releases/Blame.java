package dev.alig.conformance.releases;

/** Who is off where a case differs, by the answers of exact arithmetic. */
public enum Blame {
  /** Numbers change on the way between Java and Python. */
  JEP("Jep: what Python computes is not what arrives in Java"),
  /** The oracle leaves its bounds with the kernels for this processor, and only with them. */
  DEVICE(
      "the device: torch's portable kernels keep within the bounds, those for this device do not"),
  /** The oracle leaves its bounds. */
  ORACLE("the oracle: its numbers are not those of exact arithmetic"),
  /** The subject leaves its bounds, and the oracle does not. */
  JAVA("Java: the subject's numbers are not those of exact arithmetic, the oracle's are"),
  /** All keep within their bounds. */
  NOBODY("nobody: every number keeps within its bounds");

  private final String words;

  Blame(String words) {
    this.words = words;
  }

  /** The words for people. */
  public String words() {
    return words;
  }
}
