package dev.alig.python;

/**
 * The Python environment cannot be had; the message says what is wrong, and its last line what to
 * do about it.
 */
public final class EnvironmentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What stands in the way. */
  public enum Problem {
    /** A switch has a value that means nothing, or contradicts another. */
    BAD_REQUEST,
    /** No interpreter answers under the name looked for. */
    NO_PYTHON,
    /** The interpreter is older than 3.11. */
    TOO_OLD,
    /** The interpreter cannot create virtual environments. */
    NO_VENV_MODULE,
    /** There is no C compiler to build Jep with. */
    NO_COMPILER,
    /** {@code Python.h} is missing. */
    NO_PYTHON_HEADERS,
    /** {@code jni.h} or {@code javac} is missing: a JRE, not a JDK. */
    NO_JDK,
    /** The interpreter has no shared library that a JVM could load. */
    NO_LIBPYTHON,
    /** The package registry does not answer. */
    REGISTRY_UNREACHABLE,
    /** The registry has no such version for this interpreter and platform. */
    NO_SUCH_VERSION,
    /** The disk is too full. */
    DISK_FULL,
    /** The folder given as environment is not a virtual environment. */
    NOT_AN_ENVIRONMENT,
    /** The environment given lacks a package, or has another version of it. */
    PACKAGE_MISSING,
    /** A tool failed for a reason not foreseen here; the message quotes it. */
    TOOL_FAILED,
    /** The cache folder cannot be read or written. */
    CACHE_UNUSABLE,
    /** The thread was interrupted while it waited. */
    INTERRUPTED
  }

  private final Problem problem;
  private final String what;
  private final String remedy;

  EnvironmentException(Problem problem, String what, String remedy) {
    super(what + System.lineSeparator() + "  remedy: " + remedy);
    this.problem = problem;
    this.what = what;
    this.remedy = remedy;
  }

  /** Returns the kind of problem. */
  public Problem problem() {
    return problem;
  }

  /** Returns what is wrong, with the value that is. */
  public String what() {
    return what;
  }

  /** Returns what to do about it. */
  public String remedy() {
    return remedy;
  }
}
