package dev.alig.conformance.sweep;

import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.torch.Device;
import dev.alig.python.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs rows on this machine, each in a process of its own, as a user would from a shell.
 *
 * @param root the top of the source tree
 * @param settings everything that changes results, except the rows
 * @param arguments the arguments of {@code ci/conform} that rows do not give
 */
record RowRun(
    Machine machine, Pythons pythons, Path root, String settings, List<String> arguments) {
  private static final String NOT_RUN = "not run: ";

  /** The parts of {@code report.json} that a row needs. */
  private record GateReport(String reason, OracleFacts oracle, List<RowResult.Subject> subjects) {
    static final GateReport NONE = new GateReport("", OracleFacts.UNKNOWN, List.of());
  }

  /** Runs a row and writes its files to a folder; or says why the row cannot run. */
  RowResult run(Row row, Path folder) throws IOException {
    long start = System.nanoTime();
    Optional<String> lacking = machine.lacks(row);
    if (lacking.isPresent()) {
      return result(row, start, new Outcome.NotRun(lacking.get()), GateReport.NONE);
    }
    Files.createDirectories(folder);
    try {
      String torch = torch(row);
      String unfit = row.hasTorch() ? probe(row, torch, folder) : "";
      RowResult result =
          unfit.isEmpty()
              ? gate(row, torch, folder, start, List.of())
              : result(row, start, new Outcome.Broken(unfit), GateReport.NONE);
      pythons.leave(python(row), torch);
      return result;
    } catch (EnvironmentException | IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return result(row, start, new Outcome.Broken("not set up: " + why), GateReport.NONE);
    }
  }

  /** The release of torch; an empty text for the pinned one. */
  private String torch(Row row) {
    boolean exact = row.torch().matches("\\d+\\.\\d+\\.\\d+");
    return row.isPinned()
        ? ""
        : exact ? row.torch() : pythons.releases(python(row)).named(row.torch());
  }

  private RowResult result(Row row, long start, Outcome outcome, GateReport report) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return new RowResult(row, settings, outcome, seconds, report.oracle, report.subjects);
  }

  /** Takes the fingerprint; returns why the row cannot run, or an empty text. */
  private String probe(Row row, String torch, Path folder) throws IOException {
    var python = pythons.prepare(python(row), torch);
    try {
      return Fingerprint.take(python, row, false, Fingerprint.in(folder)).dropped();
    } catch (IOException e) {
      return "torch or the oracle cannot be used: " + e.getMessage();
    }
  }

  /**
   * Runs {@code ci/conform}.
   *
   * @param torch a release of torch, or an empty text for the pinned one
   * @param start when the row began
   * @param more further arguments
   */
  RowResult gate(Row row, String torch, Path folder, long start, List<String> more)
      throws IOException {
    Path file = folder.resolve("report.json");
    Files.deleteIfExists(file);
    ProcessBuilder builder = new ProcessBuilder(command(row, torch, folder));
    builder.directory(root.toFile()).command().addAll(arguments);
    builder.command().addAll(more);
    set(builder.environment(), row);
    Path log = folder.resolve("output.log");
    int status = Child.run(builder, log, Child.LONG);
    GateReport report =
        Files.exists(file)
            ? SweepFolder.JSON.readValue(file.toFile(), GateReport.class)
            : GateReport.NONE;
    return result(row, start, outcome(status, report.reason, Files.readString(log)), report);
  }

  /** The outcome of a run, from its exit status, the reason in its report, and its output. */
  static Outcome outcome(int status, String reason, String output) {
    if (status <= 1) {
      return status == 0 ? new Outcome.Conforms() : new Outcome.Differs();
    }
    String last = output.strip().lines().reduce("no output", (one, other) -> other.strip());
    String why = reason.isBlank() ? last : reason.lines().findFirst().orElse("");
    int lacking = why.indexOf(NOT_RUN);
    return lacking < 0
        ? new Outcome.Broken(why)
        : new Outcome.NotRun(why.substring(lacking + NOT_RUN.length()));
  }

  private void set(Map<String, String> variables, Row row) {
    variables.put("JAVA_HOME", Objects.requireNonNull(machine.jdks().get(row.jdk())).toString());
    if (row.natives() == Row.Natives.GPU) {
      variables.put("ALIG_PROFILE", "gpu");
    }
    if (row.device() == Device.CUDA) {
      machine
          .gpus()
          .fitting(row)
          .ifPresent(gpu -> variables.putIfAbsent("CUDA_VISIBLE_DEVICES", gpu.uuid()));
    }
    if (!row.jvm().isEmpty()) {
      variables.put("JDK_JAVA_OPTIONS", row.jvm());
    }
    variables.putAll(row.variables());
  }

  /** The program of a row's Python. */
  String python(Row row) {
    return Objects.requireNonNull(machine.pythons().get(row.python()), "the row's Python");
  }

  private List<String> command(Row row, String torch, Path folder) {
    List<String> command = new ArrayList<>(List.of("sh", root.resolve("ci/conform").toString()));
    if (!row.oracle().equals(ConformanceSettings.BUNDLED)) {
      command.addAll(List.of("--oracle", row.oracle()));
    }
    row.subjects().forEach(subject -> command.addAll(List.of("--subject", subject)));
    command.addAll(List.of("--python", python(row)));
    if (!torch.isEmpty()) {
      command.addAll(List.of("--torch", torch));
    }
    command.addAll(List.of("--device", row.device().word()));
    command.addAll(List.of("--torch-threads", Integer.toString(row.threads())));
    if (!row.oneDnn()) {
      command.add("--without-onednn");
    }
    command.addAll(List.of("--out", folder.toString()));
    return command;
  }
}
