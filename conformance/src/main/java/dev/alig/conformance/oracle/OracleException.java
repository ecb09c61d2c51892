package dev.alig.conformance.oracle;

/** The oracle cannot be had, or failed; the message says which, and what to do. */
public final class OracleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure that a person can mend with the message alone. */
  public OracleException(String message) {
    super(message);
  }

  /** A failure with the exception that it shows in. */
  public OracleException(String message, Throwable cause) {
    super(message, cause);
  }

  /** An answer that no optimizer gives, whatever it computes: the oracle's process is at fault. */
  static OracleException corrupted(String what) {
    return new OracleException("the oracle corrupted its output: " + what);
  }
}
