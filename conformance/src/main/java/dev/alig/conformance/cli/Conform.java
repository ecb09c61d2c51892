package dev.alig.conformance.cli;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.certificate.Issuer;
import dev.alig.conformance.certificate.SigningKey;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.properties.ConformanceSuite;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.ReportBuilder;
import dev.alig.conformance.report.ReportTable;
import dev.alig.conformance.report.ReportWriter;
import dev.alig.python.EnvironmentException;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ci/conform}: runs the gate and tells the verdict. */
@Command(
    name = "ci/conform",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    version = "alig-conformance 0.1.0",
    description = "Compares Java optimizers with ALI-G for PyTorch, step by step.",
    footer = {
      "",
      "Exit status: 0 conforms; 1 a difference; 2 could not run, or nothing ran.",
      "The report lies in DIR: report.json, report.html, junit.xml, summary.md, badge.svg,",
      "failures/."
    })
public final class Conform implements Callable<Integer> {
  private final PrintStream out;

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      description = "An optimizer to check (default: all). May be repeated.")
  private List<String> subjects = new ArrayList<>();

  @Option(
      names = "--oracle",
      paramLabel = "ORACLE",
      description =
          "bundled (default), exact, traces, or a folder that holds an alig package. exact and"
              + " traces need no Python.")
  private String oracle = System.getProperty("alig.original", "");

  @Option(
      names = "--traces",
      paramLabel = "PATH",
      description = "Replays a trace file, or those of a folder, and nothing else.")
  private List<Path> traces = new ArrayList<>();

  @Mixin private TorchRelease torch = new TorchRelease();

  @Mixin private TorchOptions torchOptions = new TorchOptions();

  @Mixin private CaseOptions cases = new CaseOptions();

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description =
          "The silence in seconds that means that subject or oracle hangs (default: 120).")
  private Optional<Long> timeout = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "How many processes share the work (default: one a processor, at most one a subject)."
              + " Each takes up to 3 GB of memory.")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--sign",
      paramLabel = "KEY",
      description =
          "Signs certificate.json with this Ed25519 private key (PEM), if the run is a full one and"
              + " conforms.")
  private Optional<Path> key = Optional.empty();

  @Option(names = "--out", paramLabel = "DIR", description = "The report folder.")
  private Path folder = Path.of("conformance", "target", "conformance");

  private Conform(PrintStream out) {
    this.out = out;
  }

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(run(System.out, arguments));
  }

  /** Runs the command and returns its status. */
  static int run(PrintStream out, String... arguments) {
    return new CommandLine(new Conform(out))
        .addSubcommand(new VerifyCertificate(out))
        .addSubcommand(new CertificateKey(out))
        .setExecutionExceptionHandler(Complaint::say)
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    GateSettings settings = settings();
    List<Implementation> chosen =
        Suites.named(subjects).stream().map(ConformanceSuite::subject).toList();
    List<Task> tasks = Task.of(settings, chosen);
    settings.traces().forEach(TraceFile::read);
    Duration silence = silence();
    torchOptions.apply(settings);
    if (workers.filter(number -> number < 1).isPresent()) {
      throw new IllegalArgumentException("--workers must be > 0, was " + workers.get());
    }
    Optional<Issuer> issuer = key.map(SigningKey::read).map(signing -> new Issuer(signing, chosen));
    Gate.clear(settings.out());
    ReportBuilder builder = new ReportBuilder(settings);
    long start = System.nanoTime();
    Optional<String> failure = run(settings, tasks, silence, builder);
    Report report = builder.build(failure, (System.nanoTime() - start) / 1e9);
    ReportWriter.write(report, settings.out());
    out.print(ReportTable.of(report));
    out.println("report: " + settings.out().resolve("report.html"));
    certify(issuer, report, settings);
    return report.exitStatus();
  }

  /** Signs a run that may be signed; where it was to be, or could have been, says why it is not. */
  private void certify(Optional<Issuer> issuer, Report report, GateSettings settings)
      throws IOException {
    if (issuer.isEmpty()) {
      if (Issuer.obstacle(report, settings).isEmpty()) {
        out.println("no certificate: no key was given (--sign)");
      }
      return;
    }
    Optional<String> refusal = issuer.get().refusal(report, settings);
    out.println(
        refusal.isPresent()
            ? "no certificate: " + refusal.get()
            : "certificate: " + issuer.get().write(report, settings.out()));
  }

  private Optional<String> run(
      GateSettings settings, List<Task> tasks, Duration silence, ReportBuilder builder) {
    try {
      Optional<PythonEnvironment> python = torch.environment(settings, out);
      if (python.isPresent()) {
        torchOptions.requireDevice(python.get());
      }
      ProgressLines progress = new ProgressLines(out);
      Consumer<Event> listener =
          event -> {
            builder.add(event);
            progress.show(event);
          };
      return new Workers(listener, silence, List.of())
          .run(settings, tasks, python, workers.orElseGet(() -> Workers.fitting(tasks)));
    } catch (EnvironmentException | IOException e) {
      System.err.println("ci/conform: " + e.getMessage());
      return Optional.of("the Python environment cannot be had: " + e.getMessage());
    }
  }

  private Duration silence() {
    String property = System.getProperty("conformance.timeout", "").strip();
    try {
      Optional<Long> given =
          property.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(property));
      long seconds = timeout.or(() -> given).orElse(WorkerProcess.SILENCE.toSeconds());
      if (seconds < 1) {
        throw new IllegalArgumentException("--timeout must be > 0 seconds, was " + seconds);
      }
      return Duration.ofSeconds(seconds);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "conformance.timeout must be a whole number of seconds, was " + property, e);
    }
  }

  private GateSettings settings() {
    String chosen = oracle.isBlank() ? GateSettings.BUNDLED : oracle;
    List<Path> replayed = new ArrayList<>(GateSettings.from(System.getProperties()).traces());
    replayed.addAll(traces);
    GateSettings settings =
        new GateSettings(
            chosen,
            replayed,
            cases.tries(),
            cases.seed(),
            cases.requirements(),
            folder.toAbsolutePath());
    boolean named =
        List.of(GateSettings.BUNDLED, GateSettings.EXACT, GateSettings.TRACES).contains(chosen);
    if (!named) {
      requirePackage(Path.of(chosen));
    }
    for (Path path : replayed) {
      if (!Files.exists(path)) {
        throw new IllegalArgumentException(
            "--traces: %s does not exist; name a trace file or a folder of them".formatted(path));
      }
    }
    return settings;
  }

  /** Checks the folder of an oracle's package. */
  static void requirePackage(Path folder) {
    if (!Files.isDirectory(folder.resolve("alig"))) {
      throw new IllegalArgumentException(
          ("--oracle: the folder %s holds no package alig; name the folder that contains alig/,"
                  + " or one of bundled, exact, traces")
              .formatted(folder.toAbsolutePath()));
    }
  }
}
