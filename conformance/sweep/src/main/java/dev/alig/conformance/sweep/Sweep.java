package dev.alig.conformance.sweep;

import static java.util.stream.Collectors.joining;
import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.Artifact;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.cli.CaseOptions;
import dev.alig.conformance.cli.ErrorMessages;
import dev.alig.conformance.cli.PythonProperties;
import dev.alig.conformance.cli.Suites;
import dev.alig.conformance.oracle.Processor;
import dev.alig.conformance.properties.ConformanceSuite;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.run.Folders;
import dev.alig.conformance.subjects.PythonSubject;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ci/sweep}: runs the gate in many configurations, or searches releases of torch. */
@Command(
    name = "ci/sweep",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    version = "alig-conformance 0.1.0",
    description = {
      "Runs rows of ci/sweep.yaml on this machine, or --torch releases. A sweep that was"
          + " interrupted goes on when it is started again with the same switches."
    },
    footer = {
      "",
      "Exit status: 0 all rows that ran conform; 1 a row differs; 2 one could not be completed, or"
          + " none ran. With --bisect: 0 found; 2 not found.",
      "A row whose needs this machine does not meet is \"not run\", with the reason.",
      "DIR holds sweep.json, sweep.html, sweep.txt, and a folder per row.",
      "",
      "--spark MASTER runs no rows, but the gate once on a Spark cluster; ci/sweep --spark MASTER",
      "--help has its switches."
    })
@API(status = INTERNAL, since = "0.1")
public final class Sweep implements Callable<Integer> {
  /** The top of the source tree; the script passes it. */
  private static final Path ROOT = Path.of(System.getProperty("alig.root", "")).toAbsolutePath();

  private final PrintStream out;

  @Parameters(paramLabel = "ROW", description = "A row to run (default: all).")
  private List<String> names = new ArrayList<>();

  @Option(names = "--list", description = "Prints the rows and what this machine lacks for each.")
  private boolean list;

  @Option(names = "--json", description = "Prints the rows as the matrix of a hosted workflow.")
  private boolean json;

  @Option(
      names = "--torch",
      arity = "0..*",
      paramLabel = "VERSION",
      description =
          "Runs this machine, or each ROW, on releases of torch; 2.5 stands for its latest patch."
              + " Without VERSION: the pinned release, and the latest patch of each minor line from"
              + " 2.2 on. Their environments are removed afterwards, unless they were there.")
  private @Nullable List<String> torch;

  @Option(
      names = "--bisect",
      arity = "3",
      paramLabel = "CASE GOOD BAD",
      hideParamSyntax = true,
      description =
          "CASE GOOD BAD: finds the first release of torch from GOOD to BAD that shows a"
              + " difference, and says who is to blame. CASE is a trace file, such as a failure's"
              + " case.jsonl, or the name of a probe in a row's fingerprint.json.")
  private List<String> bisect = new ArrayList<>();

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      description = "An optimizer to check in place of the rows' own. May be repeated.")
  private List<String> subjects = new ArrayList<>();

  @Option(
      names = "--oracle",
      paramLabel = "ORACLE",
      description = "What to compare with in place of the rows' own; see ci/conform.")
  private Optional<String> oracle = Optional.empty();

  @Mixin
  private PythonProperties properties =
      new PythonProperties(
          Map.of(
              "python.env", "it is one environment, and each row needs its own; leave it out",
              "torch.version", "name the releases themselves, as in ci/sweep --torch 2.14.0"));

  @Mixin private CaseOptions cases = new CaseOptions();

  @Option(
      names = "--timeout",
      paramLabel = "S",
      description = "The silence in seconds that means that subject or oracle hangs.")
  private Optional<Long> timeout = Optional.empty();

  @Option(names = "--keep", description = "Leaves the environments on the disk.")
  private boolean keep;

  @Option(names = "--out", paramLabel = "DIR", description = "The folder of the results.")
  private Path folder = ROOT.resolve(Path.of("conformance", "target", "sweep"));

  @Option(names = "--rows", paramLabel = "FILE", description = "Another list of rows.")
  private Path file = ROOT.resolve(Path.of("ci", "sweep.yaml"));

  private Sweep(PrintStream out) {
    this.out = out;
  }

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    // A search runs an optimizer in this process; its framework would print too much.
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    System.exit(
        Arrays.stream(arguments).anyMatch(Sweep::isForSpark)
            ? SparkGate.run(System.out, SparkJars.of(ROOT), arguments)
            : run(System.out, arguments));
  }

  private static boolean isForSpark(String argument) {
    return argument.equals(SparkGate.SWITCH) || argument.startsWith(SparkGate.SWITCH + "=");
  }

  /** Runs the command and returns its status. */
  static int run(PrintStream out, String... arguments) {
    return new CommandLine(new Sweep(out))
        .setExecutionExceptionHandler(ErrorMessages::say)
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    cases.check();
    properties.apply();
    List<Implementation> checked = checked();
    Rows rows = Rows.read(file);
    if (!bisect.isEmpty()) {
      return bisect(rows, checked.get(0));
    }
    List<Row> chosen = chosen(rows);
    if (json) {
      out.println(Rows.json(chosen));
      return 0;
    }
    if (list) {
      Machine machine = Machine.here(chosen);
      chosen.forEach(row -> out.println(line(row, machine)));
      return 0;
    }
    try (SweepFolder place = new SweepFolder(folder.toAbsolutePath())) {
      return sweep(chosen, place);
    }
  }

  private List<Implementation> checked() {
    return Suites.named(subjects).stream().map(ConformanceSuite::subject).toList();
  }

  private List<Row> chosen(Rows rows) {
    List<Row> named = rows.named(names);
    List<Row> bases =
        torch != null && names.isEmpty()
            ? List.of(here(rows))
            : named.stream().map(row -> row.with(instead())).toList();
    return torch == null ? bases : onReleases(bases, torch);
  }

  /** A row with this process's JDK and the user's Python, and defaults for the other keys. */
  private Row here(Rows rows) {
    Map<String, Object> keys = new HashMap<>(Machine.plain());
    keys.put("name", "here");
    keys.put("about", "this machine");
    keys.putAll(instead());
    return rows.plain(keys);
  }

  private Map<String, Object> instead() {
    Map<String, Object> keys = new HashMap<>();
    if (!subjects.isEmpty()) {
      keys.put("subjects", subjects);
    }
    oracle.ifPresent(
        word ->
            keys.put(
                "oracle",
                Files.isDirectory(Path.of(word))
                    ? Path.of(word).toAbsolutePath().toString()
                    : word));
    return keys;
  }

  private List<Row> onReleases(List<Row> bases, List<String> wanted) {
    List<String> versions =
        releases(bases.get(0)).named(wanted, EnvironmentRequest.fromSystem().torch());
    out.println("releases of torch: " + versions);
    return bases.stream()
        .flatMap(base -> versions.stream().map(version -> onRelease(base, version)))
        .toList();
  }

  private Row onRelease(Row base, String version) {
    String name = (names.isEmpty() ? "" : base.name() + "-") + "torch-" + version;
    return base.with(Map.of("name", name, "about", "torch " + version, "torch", version));
  }

  private Releases releases(Row row) {
    String program = Machine.here(List.of(row)).pythons().getOrDefault(row.python(), "python3");
    return pythons().releases(program);
  }

  private Pythons pythons() {
    return new Pythons(folder.toAbsolutePath().resolve("environments"), keep, out);
  }

  private static String line(Row row, Machine machine) {
    String lacking = machine.lacks(row).map(why -> " [not here: %s]".formatted(why)).orElse("");
    return "%-22s %s%s".formatted(row.name(), row.about(), lacking);
  }

  private int sweep(List<Row> rows, SweepFolder place) throws IOException {
    SweepReport report = new Campaign(place, settings(), gate(rows)::run, out).run(rows);
    out.println();
    out.print(SweepPage.text(report));
    out.println("report: " + place.resolve("sweep.html"));
    return report.exitStatus();
  }

  private RowRun gate(List<Row> rows) {
    List<String> more = new ArrayList<>(cases.arguments());
    timeout.ifPresent(seconds -> more.addAll(List.of("--timeout", Long.toString(seconds))));
    // Each row names its own Python and torch.
    EnvironmentRequest request = EnvironmentRequest.fromSystem();
    more.addAll(request.with("python", "").with("torch.version", "").arguments());
    return new RowRun(Machine.here(rows), pythons(), ROOT, settings(), more);
  }

  /** Everything that changes results, except the rows. */
  private String settings() {
    Stream<String> code =
        Stream.concat(
                Stream.of(Sweep.class, Report.class, PythonEnvironment.class),
                checked().stream().flatMap(subject -> subject.parts().stream()))
            .map(type -> Artifact.of(type).digest());
    Stream<String> given =
        oracle.map(Path::of).filter(Files::isDirectory).map(Artifact::in).stream();
    return "%s; code %s; %s, %s, Java %s"
        .formatted(
            String.join(" ", cases.arguments()),
            Trial.digest(Stream.concat(code, given).distinct().collect(joining(" "))),
            System.getProperty("os.name"),
            Processor.here().describe(),
            Runtime.version());
  }

  private int bisect(Rows rows, Implementation subject) throws IOException {
    String shown = bisect.get(0);
    Path path = Path.of(shown);
    if (!names.isEmpty() || torch != null) {
      throw new IllegalArgumentException("--bisect takes CASE GOOD BAD, and no rows or --torch");
    }
    if (shown.endsWith(".jsonl") || Files.exists(path)) {
      if (TraceFile.read(path).stream().anyMatch(trace -> trace.origin() != Origin.TH)) {
        throw new IllegalArgumentException(
            "--bisect: %s was recorded from alig.tf, which torch says nothing about"
                .formatted(shown));
      }
    }
    if (subject instanceof PythonSubject) {
      throw new IllegalArgumentException("--bisect: name an optimizer in Java as --subject");
    }
    Row row = here(rows);
    if (!row.hasTorch()) {
      throw new IllegalArgumentException(
          "--bisect: the oracle %s does not depend on torch".formatted(row.oracle()));
    }
    Releases releases = releases(row);
    List<String> between =
        releases.between(releases.named(bisect.get(1)), releases.named(bisect.get(2)));
    if (between.size() < 2) {
      throw new IllegalArgumentException("--bisect: GOOD and BAD are both torch " + between.get(0));
    }
    try (SweepFolder place = new SweepFolder(folder.toAbsolutePath())) {
      Path own = place.resolve("bisect");
      Witness witness = new Witness(gate(List.of(row)), row, shown, subject, own);
      if (!new Bisection(witness.remembering(), out).search(between)) {
        return ErrorMessages.COULD_NOT_RUN;
      }
      Folders.delete(own);
      return 0;
    }
  }
}
