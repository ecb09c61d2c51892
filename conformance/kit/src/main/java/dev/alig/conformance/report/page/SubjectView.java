package dev.alig.conformance.report.page;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.Report.RequirementResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * An optimizer of the run.
 *
 * @param anchor the address of its section on the page
 * @param verdict the worst of its requirements' verdicts
 * @param mark the sign of the verdict
 * @param met how many of its requirements were met
 * @param rows its requirements
 * @param histograms how close its numbers came to their bounds
 * @param pairs which circumstances met
 * @param trainedCases its trained cases
 */
record SubjectView(
    String anchor,
    Report.Subject subject,
    String verdict,
    String mark,
    String met,
    List<Row> rows,
    List<HistogramView> histograms,
    PairsView pairs,
    List<TrainedView> trainedCases) {
  /**
   * A requirement.
   *
   * @param share the length of the bar; empty if nothing was compared with a bound
   * @param note why nothing applied, or an empty text
   * @param failure the address of its failure on the page, or an empty text
   */
  record Row(
      RequirementResult result,
      String clause,
      String mark,
      String worstCase,
      String ratio,
      String share,
      String note,
      String failure) {
    static Row of(RequirementResult result, String failure) {
      double ratio = result.worst().ratio();
      boolean bounded = !result.worst().caseId().isEmpty();
      return new Row(
          result,
          clause(result.id()),
          Words.mark(result.verdict()),
          bounded ? result.worst().caseId() : Words.NONE,
          bounded ? Words.ratio(ratio) : Words.NONE,
          bounded ? Words.share(ratio) : "",
          failure.isEmpty() ? result.message() : "",
          failure);
    }

    private static String clause(String id) {
      return Arrays.stream(Requirement.values())
          .filter(requirement -> requirement.name().equals(id))
          .map(Requirement::clause)
          .findFirst()
          .orElse("");
    }
  }

  static SubjectView of(
      int index, Report.Subject subject, List<FailureView> failures, Path folder) {
    String verdict =
        subject.count(Report.BROKEN) > 0
            ? Report.BROKEN
            : subject.count(Report.DIFFERS) > 0 ? Report.DIFFERS : Report.CONFORMS;
    long asked = subject.requirements().size() - subject.count(Report.INAPPLICABLE);
    return new SubjectView(
        "subject-" + index,
        subject,
        verdict,
        Words.mark(verdict),
        Words.of(subject.count(Report.CONFORMS), asked),
        subject.requirements().stream()
            .map(result -> Row.of(result, failure(subject, result, failures)))
            .toList(),
        subject.ratios().stream()
            .map(ratios -> HistogramView.of(subject.name(), ratios))
            .filter(view -> view.total() > 0)
            .toList(),
        PairsView.of(subject.pairs()),
        subject.trained().stream()
            .map(trained -> TrainedView.of(subject.name(), trained, folder))
            .toList());
  }

  private static String failure(
      Report.Subject subject, RequirementResult result, List<FailureView> failures) {
    return failures.stream()
        .filter(failure -> failure.subject().equals(subject.name()))
        .filter(failure -> failure.result().equals(result))
        .map(FailureView::anchor)
        .findFirst()
        .orElse("");
  }
}
