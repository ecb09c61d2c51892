package dev.alig.python;

/** The Python environment cannot be had. The message says why, and its last line what to do. */
public final class EnvironmentException extends RuntimeException {
  private static final long serialVersionUID = 2;

  private final String what;

  EnvironmentException(String what, String remedy) {
    super(what + System.lineSeparator() + "  remedy: " + remedy);
    this.what = what;
  }

  /** Returns what is wrong, without the remedy. */
  public String what() {
    return what;
  }
}
