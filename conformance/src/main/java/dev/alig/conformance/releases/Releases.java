package dev.alig.conformance.releases;

import dev.alig.conformance.releases.Bisection.Outcome;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.Progress;
import dev.alig.python.Registry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What {@code ci/releases} does.
 *
 * @param request the environments' interpreter, JDK and cache
 * @param settings what the results follow from
 * @param oracle the folder of the {@code alig} package to compare with; empty for the bundled one
 * @param keep whether environments stay on the disk
 * @param folder where results go
 * @param out where to print
 */
public record Releases(
    EnvironmentRequest request,
    RunSettings settings,
    Optional<Path> oracle,
    boolean keep,
    Path folder,
    PrintStream out) {

  /** The gate as a command, which this package does not know. */
  @FunctionalInterface
  public interface GateCommand {
    /** Runs {@code ci/conform} with arguments; what it prints goes to {@code out}. */
    int run(PrintStream out, List<String> arguments);
  }

  /**
   * Runs the gate against each release, and writes the report.
   *
   * @param names releases or minor lines; the default choice where empty
   * @return the exit status
   */
  public int compare(List<String> names, GateCommand gate) throws IOException {
    ReleaseChoice choice = choice();
    List<Version> versions =
        names.isEmpty() ? choice.defaults(Version.of(request.torch())) : choice.named(names);
    out.println("releases of torch: " + versions);
    try (RunFolder place = new RunFolder(folder)) {
      Environments environments = environments();
      ReleaseRun run = new GateRun(environments, settings, oracle, gate);
      ReleasesReport report =
          new Campaign(place, settings, run, environments::isThere, out).run(versions);
      out.print(ReleasesTable.of(report));
      out.println("report: " + folder.resolve("releases.html"));
      return report.exitStatus();
    }
  }

  /**
   * Finds the first release that shows a difference.
   *
   * @param shown a trace file, or the name of a probe
   * @param good a release said not to show it
   * @param bad a release said to show it
   * @param subject the optimizer to compare, for a trace file
   * @param witness the main class that looks at cases through Jep
   * @return the exit status: 0 if one was found
   */
  public int bisect(String shown, String good, String bad, String subject, String witness)
      throws IOException {
    ReleaseChoice choice = choice();
    Version first = choice.named(good);
    Version last = choice.named(bad);
    if (first.equals(last)) {
      throw new IllegalArgumentException(
          "--bisect: GOOD and BAD are both torch %s; name two releases".formatted(first));
    }
    boolean forward = first.compareTo(last) < 0;
    List<Version> between =
        new ArrayList<>(forward ? choice.between(first, last) : choice.between(last, first));
    if (!forward) {
      Collections.reverse(between);
    }
    try (RunFolder place = new RunFolder(folder)) {
      Path own = place.search();
      Path file = Path.of(shown);
      boolean isFile = Files.isRegularFile(file);
      Observer looks =
          isFile
              ? new CaseObserver(environments(), file, oracle, subject, witness, own)
              : new ProbeObserver(environments(), shown, oracle, own);
      String what = (isFile ? Files.readString(file) : shown) + subject + settings.digest();
      Observer observer = new RememberingObserver(looks, place, RunSettings.shortened(what), out);
      Outcome outcome = new Bisection(observer, out).search(between);
      out.print(BisectionText.of(outcome));
      if (!(outcome instanceof Outcome.Found)) {
        return 2;
      }
      place.forget(between);
      return 0;
    }
  }

  private ReleaseChoice choice() {
    return new ReleaseChoice(Registry.releases(request, "torch", Progress.to(out)));
  }

  private Environments environments() {
    return new Environments(request, new BuiltHere(folder.resolve("environments"), keep), out);
  }
}
