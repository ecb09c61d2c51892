package dev.alig.conformance.releases;

import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks an environment in a Python process of its own, without Java and Jep.
 *
 * @param python the environment
 * @param oracle the folder of the {@code alig} package to ask; empty for the bundled one
 */
record PythonSide(PythonEnvironment python, Optional<Path> oracle) {
  /** Makes torch take its portable kernels in place of those for this processor. */
  private static final Map<String, String> PORTABLE = Map.of("ATEN_CPU_CAPABILITY", "default");

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /**
   * Takes the fingerprint.
   *
   * @param portable whether with torch's portable kernels
   * @throws IOException with the last lines of Python's output, if it cannot be taken
   */
  Fingerprint fingerprint(Path file, boolean portable) throws IOException {
    run("fingerprint", List.of(), file, portable);
    return Fingerprint.read(file);
  }

  /**
   * Runs the cases of a trace file.
   *
   * @param portable whether with torch's portable kernels
   * @throws IOException with the last lines of Python's output, if they cannot be run
   */
  void answer(Path cases, Path file, boolean portable) throws IOException {
    run("answer", List.of(cases.toAbsolutePath().toString()), file, portable);
  }

  private void run(String command, List<String> operands, Path file, boolean portable)
      throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.deleteIfExists(file);
    List<String> arguments = new ArrayList<>(List.of("-m", "alig_oracle", command));
    arguments.addAll(operands);
    arguments.addAll(List.of("--out", file.toAbsolutePath().toString()));
    oracle.ifPresent(folder -> arguments.addAll(List.of("--package", folder.toString())));
    ProcessBuilder builder = python.command(python.modulePath(), arguments);
    if (portable) {
      builder.environment().putAll(PORTABLE);
    }
    Path log = file.resolveSibling(file.getFileName() + ".log");
    int status = Child.run(builder, log, LIMIT);
    if (status != 0) {
      throw new IOException(
          status == Child.TIMED_OUT
              ? "Python was silent for %d minutes".formatted(LIMIT.toMinutes())
              : Child.tail(log));
    }
  }
}
