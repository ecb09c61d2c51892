package dev.alig.experiments;

import java.io.IOException;

/**
 * What a user gave cannot be used: data, settings, a checkpoint, or a disk without room.
 *
 * <p>Its message is one line for the user. It names the thing, its value, and what to do.
 */
public final class InputException extends IOException {
  private static final long serialVersionUID = 1;

  /** A problem without another error behind it. */
  public InputException(String message) {
    super(message);
  }

  /** A problem that another error showed. */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
