package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.NOT_AN_ENVIRONMENT;
import static dev.alig.python.EnvironmentException.Problem.NO_PYTHON;
import static dev.alig.python.EnvironmentException.Problem.TOO_OLD;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the interpreter to use. */
final class Interpreters {
  private static final String NEEDED = "Python 3.11 or newer is needed";

  private static final List<String> USUAL = List.of("python3", "python");

  private final Shell shell;

  Interpreters(Shell shell) {
    this.shell = shell;
  }

  /** Returns the interpreter asked for, or the first usual one that is new enough. */
  Interpreter find(Optional<String> asked) {
    return firstNewEnough(asked.map(List::of).orElse(USUAL));
  }

  /** Returns the first interpreter, of these names or paths, that is new enough. */
  Interpreter firstNewEnough(List<String> names) {
    StringBuilder old = new StringBuilder();
    for (String name : names) {
      Optional<Interpreter> answer = Interpreter.ask(name, shell);
      if (answer.isPresent() && answer.get().newEnough()) {
        return answer.get();
      }
      answer.ifPresent(
          found -> old.append(", ").append(name).append(" is ").append(found.version()));
    }
    if (old.isEmpty()) {
      throw new EnvironmentException(
          NO_PYTHON,
          NEEDED + "; nothing answers to " + String.join(" or ", names),
          "install one (Debian, Ubuntu: apt install python3-dev python3-venv) or point"
              + " -Dpython=/path/to/python3 at it");
    }
    throw new EnvironmentException(
        TOO_OLD, NEEDED + old, "point -Dpython at a newer one, as in -Dpython=/usr/bin/python3.12");
  }

  /** Returns the interpreter of a virtual environment. */
  Interpreter in(Path environment) {
    Path python = executable(environment);
    if (!Files.isRegularFile(environment.resolve("pyvenv.cfg")) || !Files.exists(python)) {
      throw notAnEnvironment(environment, "pyvenv.cfg or " + environment.relativize(python));
    }
    Interpreter found =
        Interpreter.ask(python.toString(), shell)
            .orElseThrow(() -> notAnEnvironment(environment, "a working " + python));
    if (!found.newEnough()) {
      throw new EnvironmentException(
          TOO_OLD,
          NEEDED + ", " + environment + " has " + found.version(),
          "make the environment anew with a newer interpreter, or leave -Dpython.env out");
    }
    if (!found.inEnvironment()) {
      throw notAnEnvironment(environment, "an interpreter that uses it");
    }
    return found;
  }

  /** Returns where a virtual environment keeps its interpreter. */
  static Path executable(Path environment) {
    return File.separatorChar == '\\'
        ? environment.resolve("Scripts").resolve("python.exe")
        : environment.resolve("bin").resolve("python");
  }

  private static EnvironmentException notAnEnvironment(Path folder, String missing) {
    return new EnvironmentException(
        NOT_AN_ENVIRONMENT,
        "not a Python virtual environment: " + folder + " lacks " + missing,
        "give a folder made by 'python3 -m venv', or leave -Dpython.env out to have one made");
  }
}
