package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.TOOL_FAILED;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the library that Java loads in an installed package {@code jep}. */
final class JepLibrary {
  private static final List<String> NAMES = List.of("libjep.so", "libjep.jnilib", "jep.dll");

  private JepLibrary() {}

  /**
   * Returns the library.
   *
   * @param target the folder that holds the package
   */
  static Path in(Path target) {
    return NAMES.stream()
        .map(name -> target.resolve("jep").resolve(name))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new EnvironmentException(
                    TOOL_FAILED,
                    "Jep was installed, but " + target + " holds none of " + NAMES,
                    "remove that folder and start the build again"));
  }
}
