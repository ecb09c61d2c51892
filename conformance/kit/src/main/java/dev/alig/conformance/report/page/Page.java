package dev.alig.conformance.report.page;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.Report.RequirementResult;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the template shows.
 *
 * @param mark the sign of the verdict
 * @param names the optimizers
 * @param lead the outcome in a sentence or two
 * @param tiles the figures at the top
 * @param facts what was compared with what
 * @param failures the requirements that were not met
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
    List<DifferenceView> differences,
    String command) {
  /** A figure or a fact with its name. */
  record Named(String name, String value) {}

  /** A known difference; the link is empty if it is not safe. */
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
        report.knownDifferences().stream().map(DifferenceView::of).toList(),
        command(report));
  }

  private static String lead(Report report) {
    String oracle = oracle(report.oracle());
    long differ = report.count(Report.DIFFERS);
    return switch (report.verdict()) {
      case Report.CONFORMS ->
          "Every requirement that applies had cases, and all of them agree with %s."
              .formatted(oracle);
      case Report.DIFFERS ->
          "%s from %s; the facts are below."
              .formatted(
                  Words.count(differ, "requirement") + (differ == 1 ? " differs" : " differ"),
                  oracle);
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
    long asked = report.results().count() - report.count(Report.INAPPLICABLE);
    long cases = report.results().mapToLong(RequirementResult::cases).sum();
    long numbers = report.results().mapToLong(RequirementResult::comparisons).sum();
    double closest = report.results().mapToDouble(r -> r.worst().ratio()).max().orElse(0);
    long possible = report.subjects().stream().mapToLong(s -> s.pairs().possible()).sum();
    long met = report.subjects().stream().mapToLong(s -> s.pairs().covered()).sum();
    return List.of(
        new Named("requirements met", Words.of(report.count(Report.CONFORMS), asked)),
        new Named("cases", Words.count(cases)),
        new Named("numbers compared", Words.count(numbers)),
        new Named("closest to a bound", Words.ratio(closest)),
        new Named("pairs of circumstances met", Words.of(met, possible)));
  }

  private static List<Named> facts(Report report) {
    OracleFacts oracle = report.oracle();
    String oneDnn = oracle.oneDnn() ? ", with oneDNN" : ", without oneDNN";
    String steps =
        "%s compared, %s per second"
            .formatted(
                Words.count(report.steps()), Words.count(Math.round(report.stepsPerSecond())));
    String time = Words.time(report.durationSeconds()) + ", until " + report.finishedAt();
    return Stream.of(
            new Named("Oracle", oracle(oracle)),
            new Named("torch", oracle.torch()),
            new Named("numpy", oracle.numpy()),
            new Named("Python", oracle.python()),
            new Named("Device", (oracle.device() + " " + oracle.cpuCapability()).strip()),
            new Named("Processor", oracle.processor()),
            new Named("Its settings", oracle.settings()),
            new Named("Threads of torch", oracle.threads() + oneDnn),
            new Named("Oracle's digest", oracle.digest()),
            new Named("JDK", report.host().jdk()),
            new Named("System", report.host().os()),
            new Named("Seed", Long.toString(report.seed())),
            new Named("Tries", Words.count(report.tries()) + " cases per property"),
            new Named("Steps", steps),
            new Named("Time", time))
        .filter(fact -> !fact.value().isEmpty())
        .toList();
  }

  private static String command(Report report) {
    StringBuilder command = new StringBuilder("ci/conform");
    report.subjects().forEach(subject -> command.append(" --subject ").append(subject.name()));
    switch (report.oracle().kind()) {
      case "package" -> command.append(" --oracle DIR");
      case "exact", "traces" -> command.append(" --oracle ").append(report.oracle().kind());
      default -> {}
    }
    List<String> asked = report.results().map(RequirementResult::id).distinct().toList();
    if (asked.size() < Requirement.values().length) {
      asked.forEach(id -> command.append(" --only ").append(id));
    }
    return command
        .append(" --seed %d --tries %d".formatted(report.seed(), report.tries()))
        .toString();
  }
}
