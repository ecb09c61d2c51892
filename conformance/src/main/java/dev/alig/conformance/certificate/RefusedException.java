package dev.alig.conformance.certificate;

/** A certificate is not to be believed; the message is the reason. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedException(String reason) {
    super(reason);
  }

  RefusedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
