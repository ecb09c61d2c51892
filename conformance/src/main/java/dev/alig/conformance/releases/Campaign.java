package dev.alig.conformance.releases;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The gate against one release after the other, with a report that grows. */
final class Campaign {
  private final RunFolder folder;
  private final RunSettings settings;
  private final ReleaseRun run;
  private final Predicate<Version> isThere;
  private final PrintStream out;
  private final List<ReleaseResult> results = new ArrayList<>();

  /**
   * A run.
   *
   * @param isThere whether the environment of a release need not be set up
   */
  Campaign(
      RunFolder folder,
      RunSettings settings,
      ReleaseRun run,
      Predicate<Version> isThere,
      PrintStream out) {
    this.folder = folder;
    this.settings = settings;
    this.run = run;
    this.isThere = isThere;
    this.out = out;
  }

  /** Runs what has no result yet; returns the report, which is written as well. */
  ReleasesReport run(List<Version> versions) throws IOException {
    if (folder.begin(settings)) {
      out.println("going on with the run that was interrupted");
    }
    for (Version version : versions) {
      Optional<ReleaseResult> known = folder.result(version, settings);
      ReleaseResult result = known.isPresent() ? known.get() : run(version, versions.size());
      results.add(result);
      out.println(line(result, known.isPresent()) + left(versions));
      out.flush();
      folder.write(report(false));
    }
    ReleasesReport report = report(true);
    folder.write(report);
    return report;
  }

  private ReleaseResult run(Version version, int all) throws IOException {
    out.printf(Locale.ROOT, "[%d/%d] torch %s%n", results.size() + 1, all, version);
    out.flush();
    ReleaseResult result = run.run(version, folder.of(version));
    folder.keep(result);
    return result;
  }

  private ReleasesReport report(boolean complete) {
    List<String> sinceLast =
        complete
            ? folder
                .last()
                .map(last -> Changes.sinceLast(last, settings, results))
                .orElseGet(() -> List.of("there is no run before this one"))
            : List.of();
    return new ReleasesReport(
        complete,
        settings,
        List.copyOf(results),
        Changes.neighbours(results, folder::fingerprint),
        sinceLast);
  }

  private static String line(ReleaseResult result, boolean known) {
    return String.format(
        Locale.ROOT,
        "torch %s: %s%s; set-up %.0f s, gate %.0f s, %s%s",
        result.version(),
        result.verdict(),
        result.reason().isEmpty() ? "" : " (" + result.reason().lines().findFirst().get() + ")",
        result.setUp().seconds(),
        result.gateSeconds(),
        Environments.gigabytes(result.setUp().diskBytes()),
        known ? ", from the run before" : "");
  }

  private String left(List<Version> all) {
    List<Version> left = all.subList(results.size(), all.size());
    return left.isEmpty() ? "" : "; " + TimeLeft.of(results, left, isThere);
  }
}
