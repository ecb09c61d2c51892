package dev.alig.conformance.cli;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.CodeFile;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.differences.DeclaredFile;
import dev.alig.conformance.properties.ConformanceSuite;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.ReportBuilder;
import dev.alig.conformance.report.ReportTable;
import dev.alig.conformance.report.ReportWriter;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Folders;
import dev.alig.conformance.run.OwnDifferences;
import dev.alig.conformance.run.Sample;
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
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ci/conform}: compares optimizers with an oracle, and tells the verdict. */
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
@API(status = INTERNAL, since = "0.1")
public class Conform implements Callable<Integer> {
  private final PrintStream out;

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      description =
          "An optimizer to check (default: nd4j, tensorflow and tensorflow-tf1). May be repeated."
              + " nd4j-operations is nd4j as it steps on a device;"
              + " tensorflow-resource is tensorflow on resource variables; python is the Python"
              + " package itself, for --oracle exact or traces.")
  private List<String> subjects = new ArrayList<>();

  @Option(
      names = "--oracle",
      paramLabel = "ORACLE",
      description =
          "bundled (default), exact, traces, or a folder that holds an alig package. exact and"
              + " traces need no Python.")
  private String oracle = System.getProperty("alig.original", "");

  @Mixin private SubjectPackage subjectPackage = new SubjectPackage();

  @Option(
      names = "--traces",
      paramLabel = "PATH",
      description = "Replays a trace file, or those of a folder, and nothing else.")
  private List<Path> traces = new ArrayList<>();

  @Option(
      names = "--known",
      paramLabel = "FILE",
      description =
          "Differences that you know of, in YAML: requirement, when, because. They still run; one"
              + " that no longer shows fails.")
  private Optional<Path> known = Optional.empty();

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
          "How many processes share the work (default: one per processor, and fewer for fewer than"
              + " 500 cases). Each takes up to 3 GB of memory.")
  private Optional<Integer> workers = Optional.empty();

  @ArgGroup(exclusive = false)
  private @Nullable RecheckOptions recheck;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--out", paramLabel = "DIR", description = "The report folder.")
  private Path folder = Path.of("conformance", "target", "conformance");

  /** A command that prints to a stream. */
  protected Conform(PrintStream out) {
    this.out = out;
  }

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(run(System.out, arguments));
  }

  /** Runs the command and returns its status. */
  static int run(PrintStream out, String... arguments) {
    return run(new Conform(out), arguments);
  }

  /** Runs a command of this kind and returns its status. */
  protected static int run(Conform command, String... arguments) {
    return new CommandLine(command)
        .setExecutionExceptionHandler(ErrorMessages::say)
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    if (recheck != null) {
      return recheck(recheck);
    }
    ConformanceSettings settings = settings();
    settings.traces().forEach(TraceFile::read);
    Run run = run(settings, Suites.named(subjects), Optional.empty(), List.of());
    ReportWriter.write(run.report, settings.out());
    out.print(ReportTable.of(run.report));
    out.println("report: " + settings.out().resolve("report.html"));
    return run.report.exitStatus();
  }

  private int recheck(RecheckOptions options) throws IOException {
    options.check(spec.commandLine().getParseResult());
    RecordedReport recorded = RecordedReport.read(options.report);
    ConformanceSettings settings =
        recorded.settings(oracle, folder.resolve("recheck").toAbsolutePath());
    requireOracle(settings.oracle());
    List<ConformanceSuite> suites = Suites.named(recorded.names());
    Recheck compared = new Recheck(recorded);
    List<Class<?>> parts =
        suites.stream().flatMap(suite -> suite.subject().parts().stream()).toList();
    compared.compareCode(CodeFile.of(parts), options.jars.stream().map(CodeFile::of).toList());
    if (compared.agrees() && options.sample > 0) {
      Sample sample = recorded.sample(options.seed, options.sample);
      Run run = run(settings, suites, Optional.of(sample), options.jars);
      Optional<String> obstacle = run.failure.or(() -> run.report.obstacle());
      if (obstacle.isEmpty()) {
        compared.compareSample(run.report);
        // A sample without cases may still differ: then it lacks the recorded worst ones.
        if (compared.agrees() && !run.report.hasCases()) {
          obstacle = Optional.of("the sample has no case; ask for more with --sample");
        }
      }
      if (obstacle.isPresent()) {
        out.println("recheck: broken%n%s".formatted(obstacle.get()));
        return ErrorMessages.COULD_NOT_RUN;
      }
    }
    out.println(compared);
    out.println("sample seed: " + options.seed);
    return compared.agrees() ? 0 : 1;
  }

  /** The report of a run, and why the run could not be completed; empty if it was. */
  private record Run(Report report, Optional<String> failure) {}

  private Run run(
      ConformanceSettings settings,
      List<ConformanceSuite> suites,
      Optional<Sample> sample,
      List<Path> jars)
      throws IOException {
    known.ifPresent(DeclaredFile::read);
    Duration silence = silence();
    List<Implementation> chosen = suites.stream().map(ConformanceSuite::subject).toList();
    boolean needsPython = SubjectPackage.isPythonNeeded(settings, chosen);
    torchOptions.apply(settings, needsPython);
    subjectPackage.apply(settings, chosen);
    if (workers.filter(number -> number < 1).isPresent()) {
      throw new IllegalArgumentException("--workers must be > 0, was " + workers.get());
    }
    Folders.clear(settings.out());
    if (known.isPresent()) {
      OwnDifferences.tell(settings.out(), known.get());
    }
    if (sample.isPresent()) {
      sample.get().write(settings.out());
    }
    ReportBuilder builder = new ReportBuilder(settings);
    BlockRun blocks =
        new BlockRun(
            settings,
            Blocks.of(settings, suites),
            needsPython,
            silence,
            jars,
            builder::add,
            new ProgressLines(out)::show);
    long start = System.nanoTime();
    Optional<String> failure = contained(blocks);
    return new Run(builder.build(failure, (System.nanoTime() - start) / 1e9), failure);
  }

  private Optional<String> contained(BlockRun blocks) {
    try {
      return runBlocks(blocks);
    } catch (EnvironmentException | IOException e) {
      System.err.println("ci/conform: " + e.getMessage());
      return Optional.of("the Python environment cannot be had: " + e.getMessage());
    }
  }

  /**
   * Runs the blocks, in processes of this machine.
   *
   * @return why they could not all be run; empty if they were
   */
  protected Optional<String> runBlocks(BlockRun run) throws IOException {
    Optional<PythonEnvironment> python = python(run.needsPython());
    int number = workers.orElseGet(() -> Workers.fitting(run.blocks(), run.settings().tries()));
    return new Workers(run.report().andThen(run.progress()), run.silence(), run.first())
        .run(run.settings(), run.blocks(), python, IntStream.rangeClosed(1, number));
  }

  /** Takes the switches for Python, and sets its environment up on this machine if it is needed. */
  protected final Optional<PythonEnvironment> python(boolean isNeeded) throws IOException {
    return torchOptions.environment(isNeeded, out);
  }

  /** Whether the user says how many processes share the work. */
  protected final boolean countsWorkers() {
    return workers.isPresent();
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

  private ConformanceSettings settings() {
    String chosen = oracle.isBlank() ? ConformanceSettings.BUNDLED : oracle;
    List<Path> replayed =
        new ArrayList<>(ConformanceSettings.from(System.getProperties()).traces());
    replayed.addAll(traces);
    ConformanceSettings settings =
        new ConformanceSettings(
            chosen,
            replayed,
            cases.tries(),
            cases.seed(),
            cases.requirements(),
            folder.toAbsolutePath());
    requireOracle(chosen);
    for (Path path : replayed) {
      if (!Files.exists(path)) {
        throw new IllegalArgumentException(
            "--traces: %s does not exist; name a trace file or a folder of them".formatted(path));
      }
    }
    return settings;
  }

  private static void requireOracle(String oracle) {
    if (!ConformanceSettings.ORACLES.contains(oracle)) {
      requirePackage("--oracle", Path.of(oracle));
    }
  }

  /** Checks the folder of a Python package that a switch names. */
  static void requirePackage(String option, Path folder) {
    if (!Files.isDirectory(folder.resolve("alig"))) {
      String others = option.equals("--oracle") ? ", or one of bundled, exact, traces" : "";
      throw new IllegalArgumentException(
          "%s: the folder %s holds no package alig; name the folder that contains alig/%s"
              .formatted(option, folder.toAbsolutePath(), others));
    }
  }
}
