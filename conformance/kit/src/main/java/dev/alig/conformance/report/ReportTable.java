package dev.alig.conformance.report;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import dev.alig.conformance.report.Report.RequirementResult;
import dev.alig.conformance.trained.Peak;
import dev.alig.conformance.trained.TrainedSummary;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apiguardian.api.API;

/** The report as tables for the terminal. */
@API(status = INTERNAL, since = "0.1")
public final class ReportTable {
  private static final List<ColumnData<RequirementResult>> REQUIREMENTS =
      List.of(
          left("requirement", RequirementResult::id),
          left("verdict", RequirementResult::verdict),
          right("cases", "%d", RequirementResult::cases),
          right("refused", "%d", RequirementResult::inapplicable),
          right("numbers", "%d", RequirementResult::comparisons),
          right("worst/bound", "%.3f", result -> result.worst().ratio()));
  private static final List<ColumnData<TrainedSummary>> TRAINED =
      List.of(
          left("trained", TrainedSummary::caseId),
          right("steps", "%d", TrainedSummary::steps),
          peak("loss off / allowed", TrainedSummary::loss),
          peak("step size", TrainedSummary::stepSize),
          peak("weights", TrainedSummary::weights),
          peak("gradient", TrainedSummary::gradient),
          right("s", "%.1f", TrainedSummary::seconds));

  private ReportTable() {}

  private static <T> ColumnData<T> left(String header, Function<T, String> text) {
    return new Column().header(header).dataAlign(HorizontalAlign.LEFT).with(text);
  }

  private static <T> ColumnData<T> right(String header, String format, Function<T, Object> value) {
    return new Column()
        .header(header)
        .with(row -> String.format(Locale.ROOT, format, value.apply(row)));
  }

  private static ColumnData<TrainedSummary> peak(
      String header, Function<TrainedSummary, Peak> peak) {
    return new Column()
        .header(header)
        .with(
            row ->
                String.format(
                    Locale.ROOT,
                    "%.1e / %.1e",
                    peak.apply(row).relative(),
                    peak.apply(row).bound()));
  }

  /** One table per subject, and the verdict below. */
  public static String of(Report report) {
    Formatter text = new Formatter(Locale.ROOT);
    report.subjects().forEach(subject -> add(subject, text));
    if (!report.knownDifferences().isEmpty()) {
      text.format("%n%s%n", KnownDifferences.line(report.knownDifferences()));
    }
    if (!report.causes().isEmpty()) {
      text.format("%ncauses of what differs%n");
      for (Report.Cause cause : report.causes()) {
        text.format("  %s%n    %s%n", cause, String.join(" ", cause.requirements()));
      }
    }
    text.format("%nsteps compared: %d in ", report.steps());
    text.format("%.0f s, %.0f a second%n", report.durationSeconds(), report.stepsPerSecond());
    text.format("%nverdict: %s%n", report.verdict());
    if (!report.reason().isEmpty()) {
      text.format("%s%n", report.reason());
    }
    return text.toString();
  }

  private static void add(Report.Subject subject, Formatter text) {
    text.format("%n%s %s%n", subject.name(), subject.version());
    text.format(
        "%s%n", AsciiTable.getTable(AsciiTable.NO_BORDERS, subject.requirements(), REQUIREMENTS));
    if (!subject.trained().isEmpty()) {
      text.format("%n%s%n", AsciiTable.getTable(AsciiTable.NO_BORDERS, subject.trained(), TRAINED));
    }
    for (Report.Measured closest : subject.measured()) {
      text.format("%s: closest to the bound of its real-number answer: ", closest.dtype());
      text.format("%s %.3f, ", subject.name(), closest.subject().ratio());
      text.format("oracle %.3f%n", closest.oracle().ratio());
    }
    if (!subject.kernels().isEmpty()) {
      text.format("%n");
      subject.kernels().forEach(kernel -> text.format("kernel %s%n", kernel.line()));
    }
    text.format("%n%s%n", subject.pairs());
  }
}
