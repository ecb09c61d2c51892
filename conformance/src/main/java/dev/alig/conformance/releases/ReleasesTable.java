package dev.alig.conformance.releases;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.alig.conformance.releases.ReleasesReport.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as a table for the terminal, and what changed in a few lines. */
final class ReleasesTable {
  private ReleasesTable() {}

  static String of(ReleasesReport report) {
    StringBuilder text = new StringBuilder(table(report.releases())).append("\n\n");
    report.steps().forEach(step -> text.append(step(step)));
    text.append("\nsince the last run:\n");
    report.sinceLast().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }

  private static String table(List<ReleaseResult> releases) {
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS,
        releases,
        List.of(
            left("torch").with(r -> r.version().toString()),
            left("verdict").with(ReleaseResult::verdict),
            left("numpy").with(ReleaseResult::numpy),
            new Column().header("set-up s").with(r -> number(r.setUp().seconds())),
            new Column().header("GB").with(r -> number(r.setUp().diskBytes() / 1e9)),
            new Column().header("gate s").with(r -> number(r.gateSeconds())),
            new Column().header("worst/bound").with(ReleasesTable::worst)));
  }

  private static Column left(String header) {
    return new Column().header(header).dataAlign(HorizontalAlign.LEFT);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String worst(ReleaseResult release) {
    double worst =
        release.subjects().stream()
            .flatMap(subject -> subject.requirements().stream())
            .mapToDouble(ReleaseResult.Cell::ratio)
            .max()
            .orElse(0);
    return String.format(Locale.ROOT, "%.3f", worst);
  }

  private static String step(Step step) {
    String head = "%s -> %s: ".formatted(step.from(), step.to());
    StringBuilder text = new StringBuilder();
    step.verdicts()
        .forEach(
            change ->
                text.append(
                    "%s%s, %s: %s -> %s%n"
                        .formatted(
                            head,
                            change.subject(),
                            change.requirement(),
                            change.from(),
                            change.to())));
    String bits = step.note().isEmpty() ? groups(step) : step.note();
    return text.append(head).append(bits).append(System.lineSeparator()).toString();
  }

  private static String groups(Step step) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    step.bits().forEach(change -> counts.merge(change.group(), 1, Integer::sum));
    return counts.isEmpty() ? "the same bits in every probe" : "other bits in " + counts;
  }
}
