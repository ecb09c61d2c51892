package dev.alig.conformance.properties;

import dev.alig.conformance.Scripted;

/** A subject or the oracle failed to run a case, so that nothing is known about it. */
public final class Breakdown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Scripted scripted;

  Breakdown(String stage, Throwable cause, Scripted scripted) {
    super(stage + ": " + cause, cause);
    this.scripted = scripted;
  }

  /** The case. */
  Scripted scripted() {
    return scripted;
  }
}
