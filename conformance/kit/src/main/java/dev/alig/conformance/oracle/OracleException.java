package dev.alig.conformance.oracle;

import org.apiguardian.api.API;

/** The oracle is not available, or it failed; the message says which, and what to do. */
@API(status = API.Status.INTERNAL, since = "0.1")
public class OracleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure that a person can fix with the message alone. */
  public OracleException(String message) {
    super(message);
  }

  /** A failure with the exception that caused it. */
  public OracleException(String message, Throwable cause) {
    super(message, cause);
  }

  /** An answer that no optimizer can give, so the oracle's process is at fault. */
  public static OracleException corrupted(String what) {
    return new OracleException("the oracle corrupted its output: " + what);
  }
}
