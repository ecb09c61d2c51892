package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.DISK_FULL;
import static dev.alig.python.EnvironmentException.Problem.NO_COMPILER;
import static dev.alig.python.EnvironmentException.Problem.NO_JDK;
import static dev.alig.python.EnvironmentException.Problem.NO_LIBPYTHON;
import static dev.alig.python.EnvironmentException.Problem.NO_PYTHON_HEADERS;
import static dev.alig.python.EnvironmentException.Problem.NO_VENV_MODULE;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** What must be there before anything is downloaded: cheap checks, so that they come first. */
final class Prerequisites {
  private Prerequisites() {}

  static void canMakeEnvironments(Interpreter python) {
    if (!python.canMakeEnvironments()) {
      throw new EnvironmentException(
          NO_VENV_MODULE,
          python.executable() + " cannot make virtual environments: its ensurepip is missing",
          "Debian, Ubuntu: apt install python3-venv; or point -Dpython at another interpreter");
    }
  }

  /** Checks for what Jep is compiled with: a C compiler, Python's headers and a JDK. */
  static void canCompileJep(Interpreter python, Path jdk) {
    boolean windows = File.separatorChar == '\\';
    if (!windows && python.fact("compiler").isEmpty()) {
      throw new EnvironmentException(
          NO_COMPILER,
          "no C compiler: '" + python.fact("cc").orElse("cc") + "' is not on the path",
          "Debian, Ubuntu: apt install gcc; macOS: xcode-select --install; or name one in the"
              + " variable CC");
    }
    if (python.fact("header").isEmpty()) {
      throw new EnvironmentException(
          NO_PYTHON_HEADERS,
          "Python.h of " + python.executable() + " is missing",
          "Debian, Ubuntu: apt install python3-dev; or point -Dpython at an interpreter that has"
              + " its headers");
    }
    requireJdkFile(jdk, Path.of("include", "jni.h"));
    requireJdkFile(jdk, Path.of("bin", windows ? "javac.exe" : "javac"));
  }

  private static void requireJdkFile(Path jdk, Path file) {
    if (!Files.exists(jdk.resolve(file))) {
      throw new EnvironmentException(
          NO_JDK,
          "not a JDK: " + jdk + " lacks " + file,
          "point JAVA_HOME at a JDK (a JRE is not enough; Debian, Ubuntu: apt install"
              + " openjdk-17-jdk-headless)");
    }
  }

  /** Returns the library that a JVM loads to run this Python in its own process. */
  static Path libpython(Interpreter python) {
    return python
        .libpython()
        .orElseThrow(
            () ->
                new EnvironmentException(
                    NO_LIBPYTHON,
                    python.executable() + " has no libpython that a JVM could load",
                    "Debian, Ubuntu: apt install python3-dev; pyenv: PYTHON_CONFIGURE_OPTS="
                        + "--enable-shared pyenv install 3.11; or point -Dpython at another"
                        + " interpreter"));
  }

  /**
   * Checks the free space of the disk that a folder is on.
   *
   * @param folder exists
   */
  static void hasSpace(Path folder, long bytes) {
    long free = freeBytes(folder);
    if (free < bytes) {
      throw new EnvironmentException(
          DISK_FULL,
          "the environment needs about %.1f GB, %s has %.1f GB free"
              .formatted(bytes / 1e9, folder, free / 1e9),
          "free some space, or give -Dpython.cache=DIR on another disk");
    }
  }

  /**
   * Returns the free bytes of the disk that a folder is on. A {@code FileStore} would be asked for
   * by its mount point, which a changed root hides.
   */
  static long freeBytes(Path folder) {
    return folder.toFile().getUsableSpace();
  }
}
