package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.TOOL_FAILED;
import static java.util.stream.Collectors.toMap;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Python interpreter tells about itself; see {@code probe.py} beside this class. */
record Interpreter(Map<String, String> facts) {
  private static final int MAJOR = 3;
  private static final int MINOR = 11;
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  /**
   * Asks an interpreter.
   *
   * @param command its name on the path, or its path
   * @return empty if nothing answers under that name as a Python would
   */
  static Optional<Interpreter> ask(String command, Shell shell) {
    try {
      Shell.Result answer = shell.run(List.of(command, "-E", "-s", "-"), Resource.read("probe.py"));
      Interpreter interpreter = parse(answer.lines());
      boolean understood = answer.status() == 0 && interpreter.fact("version").isPresent();
      return understood ? Optional.of(interpreter) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Interpreter parse(List<String> lines) {
    return new Interpreter(
        lines.stream()
            .map(line -> line.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(toMap(pair -> pair[0], pair -> pair[1], (first, second) -> second)));
  }

  /** Returns a fact, if the interpreter gave one that is not blank. */
  Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name)).filter(value -> !value.isBlank());
  }

  private String required(String name) {
    return fact(name)
        .orElseThrow(
            () ->
                new EnvironmentException(
                    TOOL_FAILED,
                    "the Python interpreter does not tell its '" + name + "'; it told " + facts,
                    "point -Dpython at a CPython 3.11 or newer"));
  }

  String version() {
    return required("version");
  }

  /** Tells whether it is Python 3.11 or newer. */
  boolean newEnough() {
    Matcher version = VERSION.matcher(version());
    if (!version.matches()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    return major > MAJOR || (major == MAJOR && minor >= MINOR);
  }

  Path executable() {
    return Path.of(required("executable"));
  }

  /** Returns the prefix of the installation that it belongs to, also for a venv's interpreter. */
  Path basePrefix() {
    return Path.of(required("base"));
  }

  /** Returns what tells this interpreter from others: its real path, version and platform. */
  String identity() {
    return required("real") + " " + version() + " " + required("platform");
  }

  boolean inEnvironment() {
    return fact("venv").equals(Optional.of("True"));
  }

  boolean canMakeEnvironments() {
    return fact("ensurepip").equals(Optional.of("True"));
  }

  Optional<Path> libpython() {
    return fact("libpython").map(Path::of);
  }

  Optional<Path> jepLibrary() {
    return fact("jep").map(Path::of);
  }

  List<Path> sitePackages() {
    return Arrays.stream(required("sites").split(Pattern.quote(File.pathSeparator)))
        .map(Path::of)
        .toList();
  }

  /** Returns the installed version of a package that the probe looks for. */
  Optional<String> installed(String name) {
    return fact("package." + name);
  }
}
