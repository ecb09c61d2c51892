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
 * @param anchor where its section stands on the page
 * @param subject the optimizer
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
   * @param share the length of the bar; empty where nothing was compared against a bound
   * @param note why nothing applied, or an empty text
   * @param failure where its failure stands on the page, or an empty text
   */
  record Row(
      RequirementResult result,
      String clause,
      String mark,
      String cases,
      String refused,
      String numbers,
      String worstCase,
      String ratio,
      String share,
      String note,
      String failure) {
    static Row of(RequirementResult result, String failure) {
      boolean bounded = !result.worst().caseId().isEmpty();
      return new Row(
          result,
          clause(result.id()),
          Words.mark(result.verdict()),
          Words.count(result.cases()),
          Words.count(result.inapplicable()),
          Words.count(result.comparisons()),
          bounded ? result.worst().caseId() : Words.NONE,
          bounded ? Words.ratio(result.worst().ratio()) : Words.NONE,
          bounded ? Words.share(result.worst().ratio()) : "",
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
    String verdict = verdict(subject.requirements());
    long asked = subject.requirements().size() - count(subject, Report.INAPPLICABLE);
    return new SubjectView(
        "subject-" + index,
        subject,
        verdict,
        Words.mark(verdict),
        Words.of(count(subject, Report.CONFORMS), asked),
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

  private static long count(Report.Subject subject, String verdict) {
    return subject.requirements().stream().filter(r -> r.verdict().equals(verdict)).count();
  }

  private static String verdict(List<RequirementResult> results) {
    List<String> verdicts = results.stream().map(RequirementResult::verdict).toList();
    return List.of(Report.BROKEN, Report.DIFFERS).stream()
        .filter(verdicts::contains)
        .findFirst()
        .orElse(Report.CONFORMS);
  }

  private static String failure(
      Report.Subject subject, RequirementResult result, List<FailureView> failures) {
    return failures.stream()
        .filter(failure -> failure.subject().equals(subject.name()))
        .filter(failure -> failure.result().id().equals(result.id()))
        .map(FailureView::anchor)
        .findFirst()
        .orElse("");
  }
}
