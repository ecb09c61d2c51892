package dev.alig.conformance.cli;

import dev.alig.conformance.Artifact;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.properties.ConformanceSuite;
import dev.alig.conformance.releases.Releases;
import dev.alig.conformance.releases.RunSettings;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ci/releases}: the gate against many releases of torch, or a search among them. */
@Command(
    name = "ci/releases",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    version = "alig-conformance 0.1.0",
    description = {
      "Runs the gate against several releases of torch, each in an environment of its own.",
      "An environment takes about 6 GB and some minutes, and is removed after its release,"
          + " unless it was there before. A run that was interrupted goes on when it is started"
          + " again with the same switches."
    },
    footer = {
      "",
      "Exit status: 0 all conform; 1 a difference; 2 one could not run. With --bisect: 0 found;",
      "2 not found.",
      "DIR holds releases.json, releases.html, and a folder for each release."
    })
public final class RunReleases implements Callable<Integer> {
  private final PrintStream out;

  @Parameters(
      paramLabel = "VERSION",
      description =
          "A release, or a minor line such as 2.5 for its latest patch. Default: the pinned"
              + " release, and the latest patch of each minor line from 2.2 to the newest.")
  private List<String> versions = new ArrayList<>();

  @Option(
      names = "--bisect",
      arity = "3",
      paramLabel = "CASE GOOD BAD",
      hideParamSyntax = true,
      description = {
        "CASE GOOD BAD: finds the first release from GOOD to BAD that shows a difference, and says"
            + " who is to blame. CASE is a trace file, such as a failure's case.jsonl, or the name"
            + " of a probe in releases.json."
      })
  private List<String> bisect = new ArrayList<>();

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      description =
          "An optimizer to check (default: all; the first of them with --bisect). May be repeated.")
  private List<String> subjects = new ArrayList<>();

  @Option(
      names = "--oracle",
      paramLabel = "DIR",
      description = "A folder that holds an alig package (default: the bundled one).")
  private String oracle = System.getProperty("alig.original", "");

  @Mixin private CaseOptions cases = new CaseOptions();

  @Option(names = "--keep", description = "Leaves the environments on the disk.")
  private boolean keep;

  @Option(names = "--out", paramLabel = "DIR", description = "The folder of the results.")
  private Path folder = Path.of("conformance", "target", "releases");

  private RunReleases(PrintStream out) {
    this.out = out;
  }

  /** Runs the command and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(run(System.out, arguments));
  }

  /** Runs the command and returns its status. */
  static int run(PrintStream out, String... arguments) {
    return new CommandLine(new RunReleases(out))
        .setExecutionExceptionHandler(Complaint::say)
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    EnvironmentRequest request = EnvironmentRequest.fromSystem();
    if (request.environment().isPresent()) {
      throw new IllegalArgumentException(
          "python.env is one environment, and each release needs its own; leave -Dpython.env out");
    }
    cases.check();
    List<Implementation> checked =
        Suites.named(subjects).stream().map(ConformanceSuite::subject).toList();
    Optional<Path> original = original();
    Releases releases =
        new Releases(
            request, settings(checked, original), original, keep, folder.toAbsolutePath(), out);
    if (bisect.isEmpty()) {
      return releases.compare(versions, (log, a) -> Conform.run(log, a.toArray(String[]::new)));
    }
    return bisect(releases, checked.get(0).name());
  }

  private int bisect(Releases releases, String subject) throws IOException {
    if (!versions.isEmpty()) {
      throw new IllegalArgumentException(
          "--bisect takes CASE GOOD BAD and nothing else, was also given " + versions);
    }
    String shown = bisect.get(0);
    boolean isFile = Files.isRegularFile(Path.of(shown));
    if (!isFile && (shown.endsWith(".jsonl") || Files.exists(Path.of(shown)))) {
      throw new IllegalArgumentException(
          "--bisect: %s is no trace file; name one, such as a failure's case.jsonl"
              .formatted(shown));
    }
    if (isFile && TraceFile.read(Path.of(shown)).stream().anyMatch(r -> r.origin() != Origin.TH)) {
      throw new IllegalArgumentException(
          "--bisect: %s was recorded from alig.tf, which torch says nothing about"
              .formatted(shown));
    }
    return releases.bisect(
        shown, bisect.get(1), bisect.get(2), subject, BisectWorker.class.getName());
  }

  private Optional<Path> original() {
    if (oracle.isBlank() || oracle.equals(GateSettings.BUNDLED)) {
      return Optional.empty();
    }
    if (oracle.equals(GateSettings.EXACT) || oracle.equals(GateSettings.TRACES)) {
      throw new IllegalArgumentException(
          "--oracle: %s does not depend on torch; name a folder that holds an alig package"
              .formatted(oracle));
    }
    Conform.requirePackage(Path.of(oracle));
    return Optional.of(Path.of(oracle).toAbsolutePath());
  }

  private RunSettings settings(List<Implementation> checked, Optional<Path> original) {
    String code =
        Stream.concat(
                Stream.of(RunReleases.class, PythonEnvironment.class),
                checked.stream().flatMap(subject -> subject.parts().stream()))
            .map(type -> Artifact.of(type).digest())
            .distinct()
            .collect(Collectors.joining(" "));
    String host =
        "%s %s, Java %s"
            .formatted(
                System.getProperty("os.name"), System.getProperty("os.arch"), Runtime.version());
    return new RunSettings(
        cases.seed(),
        cases.tries(),
        checked.stream().map(Implementation::name).toList(),
        cases.only(),
        original.map(Path::toString).orElse(GateSettings.BUNDLED),
        original.map(path -> Artifact.in(path.resolve("alig"))).orElse(""),
        RunSettings.shortened(code),
        host);
  }
}
