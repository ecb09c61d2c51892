package dev.alig.conformance.sweep;

import dev.alig.conformance.oracle.Processor;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.torch.PinnedSettings;
import dev.alig.python.EnvironmentException;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Python environments of rows. The sweep removes only environments that it built.
 *
 * @param notes the folder of notes, one per environment that the sweep built; a resumed sweep
 *     recognizes its environments by them
 * @param keep whether to keep the environments
 */
record Pythons(Path notes, boolean keep, PrintStream out) {
  /** Makes torch use its portable kernels. */
  private static final Map<String, String> PORTABLE = Map.of("ATEN_CPU_CAPABILITY", "default");

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** The releases of torch for a Python. */
  Releases releases(String program) {
    return new Releases(
        PythonEnvironment.torchReleases(
            EnvironmentRequest.fromSystem().with("python", program), out));
  }

  /**
   * The environment of a Python and a release of torch. This builds it first if it does not exist.
   * The environment of the pinned release belongs to the user and stays.
   *
   * @param torch a release, or an empty text for the pinned one
   * @throws EnvironmentException if it cannot be set up
   */
  PythonEnvironment prepare(String program, String torch) throws IOException {
    EnvironmentRequest request = request(program, torch);
    if (!torch.isEmpty() && !PythonEnvironment.isThere(request)) {
      out.printf("torch %s: setting up its environment%n", torch);
      Files.createDirectories(notes);
      Files.writeString(note(program, torch), "built by ci/sweep\n");
    }
    return PythonEnvironment.prepare(request, out);
  }

  /** Removes the environment, if this sweep built it and {@code keep} is false. */
  void leave(String program, String torch) throws IOException {
    Path note = note(program, torch);
    if (Files.exists(note) && (keep || PythonEnvironment.remove(request(program, torch), out))) {
      Files.delete(note);
    }
  }

  private static EnvironmentRequest request(String program, String torch) {
    EnvironmentRequest request = EnvironmentRequest.fromSystem().with("python", program);
    return torch.isEmpty() ? request : request.with("torch.version", torch);
  }

  private Path note(String program, String torch) {
    return notes.resolve(program.replaceAll("[^\\w.]", "_") + "-torch-" + torch);
  }

  /**
   * Runs {@code alig_oracle} in a process without Java and Jep, with the settings of a row.
   *
   * @param row the row, which gives the package and the environment variables
   * @param portable whether torch uses its portable kernels
   * @param command the arguments
   * @param file the file that it writes
   * @throws IOException if Python fails; the message holds the last lines of its output
   */
  static void ask(
      PythonEnvironment python, Row row, boolean portable, List<String> command, Path file)
      throws IOException {
    Files.deleteIfExists(file);
    List<String> arguments = new ArrayList<>(List.of("-m", "alig_oracle"));
    arguments.addAll(command);
    arguments.addAll(List.of("--out", file.toAbsolutePath().toString()));
    if (!row.oracle().equals(ConformanceSettings.BUNDLED)) {
      arguments.addAll(List.of("--package", Path.of(row.oracle()).toAbsolutePath().toString()));
    }
    ProcessBuilder builder = python.command(arguments);
    builder.environment().putAll(row.variables());
    PinnedSettings.shipped().into(builder.environment(), Processor.here());
    if (portable) {
      builder.environment().putAll(PORTABLE);
    }
    Path log = file.resolveSibling(file.getFileName() + ".log");
    int status = Child.run(builder, log, LIMIT);
    if (status == Child.TIMED_OUT) {
      throw new IOException("Python took more than %d minutes".formatted(LIMIT.toMinutes()));
    }
    if (status != 0) {
      throw new IOException(Child.tail(log));
    }
  }
}
