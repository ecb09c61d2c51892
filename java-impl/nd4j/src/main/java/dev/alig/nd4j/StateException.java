package dev.alig.nd4j;

import java.io.IOException;

/** A saved state that cannot be read, or belongs to another optimizer. */
public final class StateException extends IOException {
  private static final long serialVersionUID = 1;

  StateException(String message) {
    super(message);
  }

  StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
