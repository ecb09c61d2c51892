package dev.alig.conformance.report.page;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.releases.ReleaseTables;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.Report.RequirementResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the template shows.
 *
 * @param report the report
 * @param mark the sign of its verdict
 * @param names the optimizers
 * @param lead the outcome in a sentence or two
 * @param tiles the figures at the top
 * @param facts what was compared with what
 * @param failures what went wrong, requirement by requirement
 * @param subjects what was compared
 * @param defects what became of the defective optimizers; none where they did not run
 * @param differences the known differences
 * @param releases the release matrix in HTML; none where none lies beside
 * @param command what repeats the run
 */
record Page(
    Report report,
    String mark,
    String names,
    String lead,
    List<Named> tiles,
    List<Named> facts,
    List<FailureView> failures,
    List<SubjectView> subjects,
    List<DefectsView> defects,
    List<DifferenceView> differences,
    List<String> releases,
    String command) {

  /** A figure or a fact with its name. */
  record Named(String name, String value) {}

  /**
   * A known difference.
   *
   * @param link where to read about it, or an empty text
   */
  record DifferenceView(AskedDifference asked, String between, String link) {
    static DifferenceView of(AskedDifference asked) {
      boolean safe = asked.link().startsWith("https://");
      return new DifferenceView(asked, Words.list(asked.between()), safe ? asked.link() : "");
    }
  }

  static Page of(Report report, Path folder) {
    List<FailureView> failures = FailureView.of(report, folder);
    return new Page(
        report,
        Words.mark(report.verdict()),
        Words.list(report.subjects().stream().map(Report.Subject::name).toList()),
        lead(report),
        tiles(report),
        facts(report),
        failures,
        IntStream.range(0, report.subjects().size())
            .mapToObj(i -> SubjectView.of(i, report.subjects().get(i), failures, folder))
            .toList(),
        report.defects().isEmpty() ? List.of() : List.of(DefectsView.of(report)),
        report.knownDifferences().stream().map(DifferenceView::of).toList(),
        releases(folder),
        command(report));
  }

  private static Stream<RequirementResult> results(Report report) {
    return report.subjects().stream().flatMap(subject -> subject.requirements().stream());
  }

  private static long count(Report report, String verdict) {
    return results(report).filter(result -> result.verdict().equals(verdict)).count();
  }

  private static String lead(Report report) {
    return switch (report.verdict()) {
      case Report.CONFORMS ->
          "Every requirement that could be asked had cases, and all of them agree with "
              + oracle(report.oracle())
              + ".";
      case Report.DIFFERS ->
          "%s from %s; the facts are below."
              .formatted(
                  Words.count(count(report, Report.DIFFERS), "requirement")
                      + (count(report, Report.DIFFERS) == 1 ? " differs" : " differ"),
                  oracle(report.oracle()));
      default -> "The run proves nothing, because:";
    };
  }

  private static String oracle(OracleFacts oracle) {
    return switch (oracle.kind()) {
      case "bundled" -> "the bundled Python package on torch " + oracle.torch();
      case "package" -> "the Python package of a folder on torch " + oracle.torch();
      case "exact" -> "exact arithmetic";
      case "traces" -> "the recorded traces";
      default -> "the oracle, which was never reached";
    };
  }

  private static List<Named> tiles(Report report) {
    List<Named> tiles = new ArrayList<>();
    long asked = results(report).count() - count(report, Report.INAPPLICABLE);
    tiles.add(new Named("requirements met", Words.of(count(report, Report.CONFORMS), asked)));
    tiles.add(
        new Named("cases", Words.count(results(report).mapToLong(RequirementResult::cases).sum())));
    tiles.add(
        new Named(
            "numbers compared",
            Words.count(results(report).mapToLong(RequirementResult::comparisons).sum())));
    double closest = results(report).mapToDouble(r -> r.worst().ratio()).max().orElse(0);
    tiles.add(new Named("closest to a bound", Words.ratio(closest)));
    if (!report.defects().isEmpty()) {
      long caught = report.defects().stream().filter(d -> d.caughtBy() != null).count();
      tiles.add(new Named("defects caught", Words.of(caught, report.defects().size())));
    }
    long possible = report.subjects().stream().mapToLong(s -> s.pairs().possible()).sum();
    long met = report.subjects().stream().mapToLong(s -> s.pairs().covered()).sum();
    tiles.add(new Named("pairs of circumstances met", Words.of(met, possible)));
    return tiles;
  }

  private static List<Named> facts(Report report) {
    OracleFacts oracle = report.oracle();
    List<Named> facts = new ArrayList<>();
    facts.add(new Named("Oracle", oracle(oracle)));
    facts.add(new Named("torch", oracle.torch()));
    facts.add(new Named("numpy", oracle.numpy()));
    facts.add(new Named("Python", oracle.python()));
    facts.add(new Named("Device", (oracle.device() + " " + oracle.cpuCapability()).strip()));
    facts.add(
        new Named(
            "Threads of torch",
            oracle.threads() + (oracle.oneDnn() ? ", with oneDNN" : ", without oneDNN")));
    facts.add(new Named("Oracle's digest", oracle.digest()));
    facts.add(new Named("JDK", report.host().jdk()));
    facts.add(new Named("System", report.host().os()));
    facts.add(new Named("Seed", Long.toString(report.seed())));
    facts.add(new Named("Tries", Words.count(report.tries()) + " cases a property"));
    facts.add(
        new Named(
            "Steps",
            "%s compared, %s a second"
                .formatted(
                    Words.count(report.steps()),
                    Words.count(Math.round(report.stepsPerSecond())))));
    facts.add(
        new Named(
            "Time",
            "%s, until %s".formatted(Words.time(report.durationSeconds()), report.finishedAt())));
    return facts.stream().filter(fact -> !fact.value().isEmpty()).toList();
  }

  /** The matrix that {@code ci/releases} leaves beside the report's folder. */
  private static List<String> releases(Path folder) {
    Path beside = folder.toAbsolutePath().normalize().resolveSibling("releases");
    return ReleaseTables.in(beside).stream().toList();
  }

  private static String command(Report report) {
    StringBuilder command = new StringBuilder("ci/conform");
    report.subjects().forEach(subject -> command.append(" --subject ").append(subject.name()));
    switch (report.oracle().kind()) {
      case "package" -> command.append(" --oracle DIR");
      case "exact", "traces" -> command.append(" --oracle ").append(report.oracle().kind());
      default -> {}
    }
    List<String> asked = results(report).map(RequirementResult::id).distinct().toList();
    if (asked.size() < Requirement.values().length) {
      asked.forEach(id -> command.append(" --only ").append(id));
    }
    return command
        .append(" --seed %d --tries %d".formatted(report.seed(), report.tries()))
        .toString();
  }
}
