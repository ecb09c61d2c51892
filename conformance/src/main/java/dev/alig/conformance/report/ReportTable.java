package dev.alig.conformance.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.alig.conformance.report.Report.RequirementResult;
import dev.alig.conformance.trained.Peak;
import dev.alig.conformance.trained.TrainedSummary;
import java.util.List;
import java.util.Locale;

/** The report as a table for the terminal. */
public final class ReportTable {
  private ReportTable() {}

  /** One table a subject, and the verdict below. */
  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    for (Report.Subject subject : report.subjects()) {
      text.append("%n%s %s%n".formatted(subject.name(), subject.version()));
      text.append(table(subject.requirements())).append(System.lineSeparator());
      if (!subject.trained().isEmpty()) {
        text.append(System.lineSeparator()).append(trained(subject.trained()));
        text.append(System.lineSeparator());
      }
      subject.measured().forEach(closest -> text.append(measured(subject, closest)));
      text.append("%n%s%n".formatted(subject.pairs()));
    }
    if (!report.knownDifferences().isEmpty()) {
      String line = KnownDifferences.line(report.knownDifferences());
      text.append(System.lineSeparator()).append(line).append(System.lineSeparator());
    }
    if (!report.strength().isEmpty()) {
      text.append("%ndefects: %s%n".formatted(report.strength()));
    }
    text.append(steps(report));
    text.append("%nverdict: %s%n".formatted(report.verdict()));
    if (!report.reason().isEmpty()) {
      text.append(report.reason()).append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String steps(Report report) {
    return String.format(
        Locale.ROOT,
        "%nsteps compared: %d in %.0f s, %.0f a second%n",
        report.steps(),
        report.durationSeconds(),
        report.stepsPerSecond());
  }

  private static String measured(Report.Subject subject, Report.Measured closest) {
    return String.format(
        Locale.ROOT,
        "%s: closest to the bound of its real-number answer: %s %.3f, oracle %.3f%n",
        closest.dtype(),
        subject.name(),
        closest.subject().ratio(),
        closest.oracle().ratio());
  }

  private static String trained(List<TrainedSummary> cases) {
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS,
        cases,
        List.of(
            new Column()
                .header("trained")
                .dataAlign(HorizontalAlign.LEFT)
                .with(TrainedSummary::caseId),
            new Column().header("steps").with(t -> Integer.toString(t.steps())),
            new Column().header("loss off / allowed").with(t -> peak(t.loss())),
            new Column().header("step size").with(t -> peak(t.stepSize())),
            new Column().header("weights").with(t -> peak(t.weights())),
            new Column().header("gradient").with(t -> peak(t.gradient())),
            new Column().header("s").with(t -> String.format(Locale.ROOT, "%.1f", t.seconds()))));
  }

  private static String peak(Peak peak) {
    return String.format(Locale.ROOT, "%.1e / %.1e", peak.relative(), peak.bound());
  }

  private static String table(List<RequirementResult> requirements) {
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS,
        requirements,
        List.of(
            new Column()
                .header("requirement")
                .dataAlign(HorizontalAlign.LEFT)
                .with(RequirementResult::id),
            new Column()
                .header("verdict")
                .dataAlign(HorizontalAlign.LEFT)
                .with(RequirementResult::verdict),
            new Column().header("cases").with(r -> Long.toString(r.cases())),
            new Column().header("refused").with(r -> Long.toString(r.inapplicable())),
            new Column().header("numbers").with(r -> Long.toString(r.comparisons())),
            new Column()
                .header("worst/bound")
                .with(r -> String.format(Locale.ROOT, "%.3f", r.worst().ratio()))));
  }
}
