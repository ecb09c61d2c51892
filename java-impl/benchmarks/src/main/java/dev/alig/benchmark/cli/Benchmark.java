package dev.alig.benchmark.cli;

import static java.util.stream.Collectors.joining;

import dev.alig.benchmark.bridge.BridgeResult;
import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.race.Pace;
import dev.alig.benchmark.race.Plan;
import dev.alig.benchmark.race.Race;
import dev.alig.benchmark.report.Machine;
import dev.alig.benchmark.report.Report;
import dev.alig.benchmark.report.ReportFiles;
import dev.alig.benchmark.report.Run;
import dev.alig.benchmark.report.Terminal;
import dev.alig.python.EnvironmentException;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.Progress;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ci/benchmark}: times the optimizers in turns and reports. */
@Command(
    name = "ci/benchmark",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    version = "alig-benchmarks 0.1.0",
    description =
        "Times a step of ALI-G here, in PyTorch and by other means, in turns on the same data.",
    footer = {
      "",
      "Exit status: 0 measured; 2 could not run.",
      "The results lie in DIR: benchmark.json, benchmark.md, benchmark.png."
    })
public final class Benchmark implements Callable<Integer> {
  private static final int COULD_NOT_RUN = 2;
  private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000, 1_000_000, 10_000_000);
  private static final List<Integer> FEW_SIZES = List.of(1_000, 100_000, 1_000_000, 10_000_000);
  private static final int USUAL_THREADS = 2;
  private static final Pace USUAL = new Pace(15, 0.06, 2);
  private static final Pace QUICK = new Pace(5, 0.04, 1);

  private final PrintStream out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--quick", description = "The base setting alone, few rounds: 2 minutes.")
  private boolean quick;

  @Option(names = "--full", description = "Every setting with every contender: hours.")
  private boolean full;

  @Option(
      names = "--profile",
      description = "Where a step's time goes: our passes and the probe's, each by itself.")
  private boolean profile;

  @Option(
      names = "--only",
      paramLabel = "CONTENDER",
      split = ",",
      description = "Who takes part (default: all but passes). One of: ${COMPLETION-CANDIDATES}",
      completionCandidates = Words.class)
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--n",
      paramLabel = "N",
      split = ",",
      description = "Numbers of parameters (default: 1000 to 10000000 by tens).")
  private List<Integer> sizes = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "T",
      split = ",",
      description = "Numbers of threads (default: 2 and 1; 2 with --quick).")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--jdk",
      paramLabel = "DIR",
      description = "A JDK to run on (default: this one and the newest). May be repeated.")
  private List<Path> jdks = new ArrayList<>();

  @Option(names = "--rounds", paramLabel = "R", description = "Slices of each (default: 15).")
  private Optional<Integer> rounds = Optional.empty();

  @Option(names = "--out", paramLabel = "DIR", description = "Where the results go.")
  private Path folder = Path.of("java-impl", "benchmarks", "target", "benchmark");

  private Benchmark(PrintStream out) {
    this.out = out;
  }

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  /** Runs the command and returns its status. */
  static int run(PrintStream out, PrintStream err, String... arguments) {
    return new CommandLine(new Benchmark(out))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler((e, line, parsed) -> complain(e, err))
        .execute(arguments);
  }

  /** What a user can mend is one message; anything else is a defect and keeps its stack trace. */
  private static int complain(Exception e, PrintStream err) throws Exception {
    if (e instanceof EnvironmentException
        || e instanceof IllegalArgumentException
        || e instanceof IllegalStateException) {
      err.println("ci/benchmark: " + e.getMessage());
      return COULD_NOT_RUN;
    }
    throw e;
  }

  @Override
  public Integer call() throws IOException {
    List<Race> races = schedule().races();
    if (races.isEmpty()) {
      throw new IllegalArgumentException("nobody of those in --only can step on these settings");
    }
    Memory.requireFor(races);
    Pace pace = pace();
    List<Jdk> on = chosen();
    List<Integer> counts = counts();
    Files.createDirectories(folder);
    Workers workers = new Workers(folder.toAbsolutePath(), out::println);
    Plan plan = plan(races, pace);
    Report report =
        new Report(
            Instant.now().truncatedTo(ChronoUnit.MINUTES).toString(),
            command(),
            Machine.here(),
            Machine.load(),
            Machine.load(),
            List.of(),
            List.of());
    for (Jdk jdk : on) {
      for (int count : counts) {
        Run run = workers.race(jdk, count, plan);
        out.println(Terminal.of(run));
        report = report.with(run, Machine.load());
        // What was found is kept, whatever becomes of the rest.
        ReportFiles.write(report, folder);
      }
    }
    if (only.isEmpty() && !profile) {
      BridgeResult bridge = workers.bridge(own(), pace);
      out.println(Terminal.of(bridge));
      report = report.with(bridge, Machine.load());
    }
    ReportFiles.write(report, folder).ifPresent(out::println);
    out.println(Terminal.of(report));
    out.println("results: " + folder);
    return 0;
  }

  private String command() {
    List<String> words = spec.commandLine().getParseResult().originalArgs();
    return Stream.concat(Stream.of("ci/benchmark"), words.stream()).collect(joining(" "));
  }

  private Schedule schedule() {
    if (quick && full) {
      throw new IllegalArgumentException("--quick and --full exclude each other");
    }
    List<Integer> all = sizes.isEmpty() ? (quick ? FEW_SIZES : SIZES) : sizes;
    Schedule.Extent extent =
        full ? Schedule.Extent.ALL : quick || profile ? Schedule.Extent.BASE : Schedule.Extent.AXES;
    return new Schedule(all, takePart(), extent);
  }

  private Set<Contender> takePart() {
    if (!only.isEmpty()) {
      Set<Contender> named = EnumSet.noneOf(Contender.class);
      only.forEach(word -> named.add(Contender.of(word)));
      return named;
    }
    return profile ? Contender.profile() : EnumSet.complementOf(Contender.passes());
  }

  private Pace pace() {
    Pace usual = quick ? QUICK : USUAL;
    return new Pace(rounds.orElse(usual.rounds()), usual.slice(), usual.warmUp());
  }

  private List<Integer> counts() {
    int cores = Runtime.getRuntime().availableProcessors();
    int most = Math.min(USUAL_THREADS, cores);
    List<Integer> usual = quick ? List.of(most) : Stream.of(most, 1).distinct().toList();
    List<Integer> counts = threads.isEmpty() ? usual : threads;
    for (int count : counts) {
      if (count < 1 || count > cores) {
        throw new IllegalArgumentException(
            "--threads must be in [1, %d], the cores of this machine; was %d"
                .formatted(cores, count));
      }
    }
    return counts;
  }

  private List<Jdk> chosen() {
    if (!jdks.isEmpty()) {
      return jdks.stream().map(Jdk::in).toList();
    }
    String newest = System.getProperty("benchmark.newest", "");
    Jdk own = own();
    return newest.isEmpty()
        ? List.of(own)
        : Stream.of(own, Jdk.in(Path.of(newest)))
            .filter(jdk -> jdk.equals(own) || jdk.feature() != own.feature())
            .toList();
  }

  private static Jdk own() {
    return Jdk.in(Path.of(System.getProperty("java.home")));
  }

  private Plan plan(List<Race> races, Pace pace) {
    boolean torch =
        races.stream().flatMap(race -> race.contenders().stream()).anyMatch(Contender::isPython);
    if (!torch) {
      return new Plan(races, pace, "", "");
    }
    PythonEnvironment environment =
        PythonEnvironment.prepare(EnvironmentRequest.fromSystem(), Progress.to(out));
    return new Plan(races, pace, environment.python().toString(), environment.sources().toString());
  }

  /** For the help text. */
  static final class Words extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Words() {
      super(Contender.words());
    }
  }
}
