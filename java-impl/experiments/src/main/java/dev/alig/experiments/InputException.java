package dev.alig.experiments;

import java.io.IOException;

/**
 * Something that the user gave cannot be used: data, settings, a checkpoint, or a full disk.
 *
 * <p>Its message is one line for the user. It names the thing, its value, and what to do.
 */
public final class InputException extends IOException {
  private static final long serialVersionUID = 1;

  /** A problem without a cause. */
  public InputException(String message) {
    super(message);
  }

  /** A problem with the error that caused it. */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
