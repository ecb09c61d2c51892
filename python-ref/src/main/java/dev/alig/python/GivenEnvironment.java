package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.PACKAGE_MISSING;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks an environment that the user brings; nothing in it is changed. */
final class GivenEnvironment {
  private static final List<String> NEEDED = List.of("torch", "numpy", "jep");

  private GivenEnvironment() {}

  /**
   * Checks that the packages are there, and torch in the version asked for if one is.
   *
   * @return Jep's native library
   */
  static Path check(Path environment, Interpreter python, Optional<String> torchVersion) {
    List<String> missing =
        NEEDED.stream().filter(name -> python.installed(name).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new EnvironmentException(
          PACKAGE_MISSING,
          "the environment " + environment + " lacks " + String.join(", ", missing),
          python.executable() + " -m pip install " + String.join(" ", pinned(missing)));
    }
    requireTorch(environment, python.installed("torch").orElse(""), torchVersion);
    return python
        .jepLibrary()
        .orElseThrow(
            () ->
                new EnvironmentException(
                    PACKAGE_MISSING,
                    "the jep in " + environment + " has no native library",
                    python.executable() + " -m pip install --force-reinstall jep"));
  }

  private static void requireTorch(Path environment, String has, Optional<String> asked) {
    if (asked.isPresent() && !asked.get().equals(has) && !has.startsWith(asked.get() + "+")) {
      throw new EnvironmentException(
          PACKAGE_MISSING,
          "the environment %s has torch %s, not %s".formatted(environment, has, asked.get()),
          "leave -Dtorch.version out, or -Dpython.env to have an environment made");
    }
  }

  private static List<String> pinned(List<String> names) {
    Requirements bundled = Requirements.bundled();
    return names.stream().map(name -> bundled.line(name).orElse(name)).toList();
  }
}
