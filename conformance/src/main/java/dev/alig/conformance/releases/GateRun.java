package dev.alig.conformance.releases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.releases.Environments.Prepared;
import dev.alig.conformance.releases.ReleaseResult.Cell;
import dev.alig.conformance.releases.ReleaseResult.ProbeDigest;
import dev.alig.conformance.releases.ReleaseResult.SetUp;
import dev.alig.conformance.releases.Releases.GateCommand;
import dev.alig.conformance.report.Report;
import dev.alig.python.EnvironmentException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Runs the gate against a release in an environment of its own. */
final class GateRun implements ReleaseRun {
  private static final JsonMapper JSON = new JsonMapper();

  private final Environments environments;
  private final RunSettings settings;
  private final Optional<Path> oracle;
  private final GateCommand gate;

  GateRun(
      Environments environments, RunSettings settings, Optional<Path> oracle, GateCommand gate) {
    this.environments = environments;
    this.settings = settings;
    this.oracle = oracle;
    this.gate = gate;
  }

  @Override
  public ReleaseResult run(Version version, Path folder) throws IOException {
    long free = environments.freeBytes();
    long start = System.nanoTime();
    Prepared prepared;
    try {
      prepared = environments.prepare(version);
    } catch (EnvironmentException e) {
      SetUp none = SetUp.none((System.nanoTime() - start) / 1e9, free);
      return result(version, ReleaseResult.NOT_SET_UP, String.valueOf(e.getMessage()), none);
    }
    ReleaseResult result = inEnvironment(version, folder, prepared);
    return result.withSetUp(environments.leave(version, prepared.setUp()));
  }

  private ReleaseResult inEnvironment(Version version, Path folder, Prepared prepared)
      throws IOException {
    long start = System.nanoTime();
    Fingerprint fingerprint;
    try {
      fingerprint =
          new PythonSide(prepared.python(), oracle)
              .fingerprint(folder.resolve("fingerprint.json"), false);
    } catch (IOException e) {
      String reason = "torch or the oracle cannot be used: " + e.getMessage();
      return result(version, ReleaseResult.NOT_SET_UP, reason, prepared.setUp());
    }
    if (!fingerprint.dropped().isEmpty()) {
      return result(version, ReleaseResult.DROPPED, fingerprint.dropped(), prepared.setUp());
    }
    JsonNode report = gate(version, folder);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new ReleaseResult(
        version,
        report.path("verdict").asText(Report.BROKEN),
        report.path("reason").asText(),
        fingerprint.numpy(),
        settings.digest(),
        prepared.setUp(),
        seconds,
        fingerprint.digest(),
        subjects(report),
        fingerprint.probes().stream().map(ProbeDigest::of).toList());
  }

  /** Runs the gate; without a report it says so in the report's words. */
  private JsonNode gate(Version version, Path folder) throws IOException {
    Path report = folder.resolve("conform").resolve("report.json");
    Files.deleteIfExists(report);
    Path log = folder.resolve("conform.log");
    int status;
    try (PrintStream out = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      status = gate.run(out, arguments(version, folder.resolve("conform")));
    }
    if (!Files.exists(report)) {
      String reason = "the gate left no report, status %d; see %s".formatted(status, log);
      return JSON.createObjectNode().put("verdict", Report.BROKEN).put("reason", reason);
    }
    return JSON.readTree(report.toFile());
  }

  private List<String> arguments(Version version, Path out) {
    List<String> arguments = new ArrayList<>(List.of("--torch", version.toString()));
    arguments.addAll(List.of("--tries", Integer.toString(settings.tries())));
    arguments.addAll(List.of("--seed", Long.toString(settings.seed())));
    arguments.addAll(List.of("--out", out.toString()));
    oracle.ifPresent(folder -> arguments.addAll(List.of("--oracle", folder.toString())));
    settings.subjects().forEach(name -> arguments.addAll(List.of("--subject", name)));
    asked().forEach(name -> arguments.addAll(List.of("--only", name)));
    return arguments;
  }

  /**
   * The requirements; all by name where none is chosen, since a run of everything would also try
   * the catalogue of defective optimizers, which tells of the suite and not of a release.
   */
  private List<String> asked() {
    return settings.only().isEmpty()
        ? Arrays.stream(Requirement.values()).map(Requirement::name).toList()
        : settings.only();
  }

  private static List<ReleaseResult.Subject> subjects(JsonNode report) {
    List<ReleaseResult.Subject> subjects = new ArrayList<>();
    for (JsonNode subject : report.path("subjects")) {
      List<Cell> cells = new ArrayList<>();
      subject.path("requirements").forEach(result -> cells.add(Cell.of(result)));
      subjects.add(
          new ReleaseResult.Subject(
              subject.path("name").asText(),
              subject.path("version").asText(),
              subject.path("digest").asText(),
              cells));
    }
    return subjects;
  }

  private ReleaseResult result(Version version, String verdict, String reason, SetUp setUp) {
    return new ReleaseResult(
        version, verdict, reason, "", settings.digest(), setUp, 0, "", List.of(), List.of());
  }
}
