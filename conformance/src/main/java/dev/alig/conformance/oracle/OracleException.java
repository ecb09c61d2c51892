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
}
