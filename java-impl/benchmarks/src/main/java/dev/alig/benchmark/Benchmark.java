package dev.alig.benchmark;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.benchmark.Turns.Pace;
import dev.alig.benchmark.Worker.Plan;
import dev.alig.python.EnvironmentException;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

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
      "The results lie in DIR: benchmark.json, benchmark.md."
    })
public final class Benchmark implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int COULD_NOT_RUN = 2;
  private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000, 1_000_000, 10_000_000);
  private static final int USUAL_THREADS = 2;
  private static final Pace USUAL = new Pace(15, 0.06, 2);
  private static final Pace QUICK = new Pace(5, 0.04, 1);

  private final PrintStream out;
  private final String command;

  @Option(names = "--quick", description = "FLOAT without a ball alone, few rounds: 3 minutes.")
  private boolean quick;

  @Option(
      names = "--profile",
      description = "Where a step's time goes: our passes and the probe's, each by itself.")
  private boolean profile;

  @Option(
      names = "--training",
      description =
          "Whole training steps in place of steps alone: small networks of three frameworks with"
              + " ALI-G, momentum and Adam.")
  private boolean training;

  @Option(
      names = "--only",
      paramLabel = "CONTENDER",
      split = ",",
      description = "Who takes part (default: all but passes). One of: ${COMPLETION-CANDIDATES}")
  private Set<Contender> only = EnumSet.noneOf(Contender.class);

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

  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      description =
          "As for Maven: python, python.env (an environment to use), python.cache (the folder of"
              + " the environments), python.torch-backend (such as cpu) or torch.version.")
  private Map<String, String> properties = new TreeMap<>();

  private Benchmark(PrintStream out, String command) {
    this.out = out;
    this.command = command;
  }

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(out, System.err, arguments));
  }

  /** Runs the command and returns its status. */
  static int run(PrintStream out, PrintStream err, String... arguments) {
    String command = "ci/benchmark " + String.join(" ", arguments);
    return new CommandLine(new Benchmark(out, command.strip()))
        .registerConverter(Contender.class, Contender::of)
        .setParameterExceptionHandler((e, args) -> complain(e, err))
        .setExecutionExceptionHandler((e, line, parsed) -> complain(e, err))
        .execute(arguments);
  }

  /** What a user can mend is one message; anything else is a defect and keeps its stack trace. */
  private static <E extends Exception> int complain(E e, PrintStream err) throws E {
    if (e instanceof ParameterException
        || e instanceof EnvironmentException
        || e instanceof IllegalArgumentException
        || e instanceof UncheckedIOException) {
      err.println("ci/benchmark: " + e.getMessage());
      return COULD_NOT_RUN;
    }
    throw e;
  }

  @Override
  public Integer call() throws IOException {
    applyProperties();
    List<Race> races = races();
    Pace usual = quick ? QUICK : USUAL;
    Pace pace = new Pace(rounds.orElse(usual.rounds()), usual.slice(), usual.warmUp());
    List<Path> homes = jdks();
    List<Integer> counts = threads();
    Files.createDirectories(folder);
    Optional<PythonEnvironment> python =
        races.stream().anyMatch(Race::needsPython)
            ? Optional.of(PythonEnvironment.prepare(out))
            : Optional.empty();
    Plan plan =
        new Plan(races, training, pace, python.map(found -> found.python().toString()).orElse(""));
    Report report = Report.begin(command);
    for (Path jdk : homes) {
      for (int count : counts) {
        Path log = folder.resolve("worker%d.log".formatted(report.runs().size() + 1));
        ProcessBuilder worker = Worker.command(jdk, count, python).redirectError(log.toFile());
        String name = "the worker on %s, which writes to %s,".formatted(jdk, log);
        Run run = run(new JsonProcess(name, worker), plan);
        out.printf("%n%s%n", run.tables());
        report.runs().add(run);
        // What was found is kept, whatever becomes of the rest.
        report.write(folder);
      }
    }
    report.warning().ifPresent(out::println);
    out.println("results: " + folder);
    return 0;
  }

  private Run run(JsonProcess started, Plan plan) throws IOException {
    try (JsonProcess worker = started) {
      Run run = JSON.treeToValue(worker.ask(plan), Run.class);
      for (Race race : plan.races()) {
        run.races().add(JSON.treeToValue(worker.read(), RaceResult.class));
        out.printf(
            Locale.ROOT,
            "%s, race %d of %d: %s, n = %,d%n",
            run.title(),
            run.races().size(),
            plan.races().size(),
            race.setting().kind(),
            race.setting().n());
      }
      for (TrainingRace race : training ? TrainingRace.all() : List.<TrainingRace>of()) {
        run.trainings().add(JSON.treeToValue(worker.read(), TrainingRace.Result.class));
        out.printf("%s, %s%n", run.title(), race.name());
      }
      return run;
    }
  }

  private void applyProperties() {
    for (String name : properties.keySet()) {
      if (!EnvironmentRequest.SWITCHES.contains(name)) {
        throw new IllegalArgumentException(
            "-D%s: there are %s".formatted(name, EnvironmentRequest.SWITCHES));
      }
    }
    properties.forEach(System::setProperty);
  }

  private List<Race> races() {
    if (training) {
      return List.of();
    }
    Set<Contender> usual = profile ? Contender.profile() : Contender.usual();
    Set<Contender> contenders = only.isEmpty() ? usual : only;
    List<Race> races = Race.all(sizes.isEmpty() ? SIZES : sizes, contenders, !quick && !profile);
    if (races.isEmpty()) {
      throw new IllegalArgumentException("nobody of those in --only can step on these settings");
    }
    return races;
  }

  private List<Integer> threads() {
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

  private List<Path> jdks() throws IOException {
    String own = System.getProperty("java.home");
    String newest = System.getProperty("benchmark.newest", own);
    Set<Path> homes = new LinkedHashSet<>();
    for (Path home : jdks.isEmpty() ? List.of(Path.of(own), Path.of(newest)) : jdks) {
      if (!Files.isExecutable(home.resolve("bin/java"))) {
        throw new IllegalArgumentException(
            "--jdk: %s is no JDK; name the folder that holds bin/java".formatted(home));
      }
      homes.add(home.toRealPath());
    }
    return List.copyOf(homes);
  }
}
