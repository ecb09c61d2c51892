package dev.alig.conformance.properties;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.oracle.OracleException;

/** A subject or the oracle failed to run a case, so that nothing is known about it. */
public final class Breakdown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Scripted scripted;

  Breakdown(String stage, Throwable cause, Scripted scripted) {
    super(stage + ": " + words(cause), cause);
    this.scripted = scripted;
  }

  /** An oracle's message is meant for people; of any other exception the type says more. */
  private static String words(Throwable cause) {
    return cause instanceof OracleException ? String.valueOf(cause.getMessage()) : cause.toString();
  }

  /** The case. */
  Scripted scripted() {
    return scripted;
  }
}
