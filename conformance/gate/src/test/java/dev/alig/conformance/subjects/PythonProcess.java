package dev.alig.conformance.subjects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.alig.python.EnvironmentException;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Python in processes of its own, for tests. */
final class PythonProcess {
  /** What uv says if TensorFlow has no package for this Python. */
  private static final String NO_PACKAGE = "has no wheels with a matching Python ABI tag";

  private PythonProcess() {}

  /**
   * The environment with TensorFlow. Where there is no TensorFlow for Python, a test is not run.
   */
  static PythonEnvironment tensorFlow() {
    try {
      return PythonEnvironment.prepareTensorFlow(System.err);
    } catch (EnvironmentException e) {
      if (String.valueOf(e.getMessage()).contains(NO_PACKAGE)) {
        abort("not run: " + e.getMessage());
      }
      throw e;
    }
  }

  /** Runs Python in a folder, and returns what it prints. It must succeed. */
  static String run(PythonEnvironment python, Path folder, String... arguments)
      throws IOException, InterruptedException {
    return run(python.command(List.of(arguments)), folder);
  }

  /** Runs a program in a folder, and returns what it prints. It must succeed. */
  static String run(ProcessBuilder program, Path folder) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    Process process = program.directory(folder.toFile()).redirectError(errors.toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return printed;
  }
}
