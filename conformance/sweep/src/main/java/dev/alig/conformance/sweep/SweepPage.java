package dev.alig.conformance.sweep;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import com.samskivert.mustache.Mustache;
import dev.alig.conformance.Template;
import dev.alig.conformance.report.Report;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The views of {@code sweep.json}: a page, and a table for the terminal. */
final class SweepPage {
  private static final int WIDTH = 100;

  private SweepPage() {}

  /** The page, in one file. */
  static String html(SweepReport report) {
    String verdict =
        List.of(Report.CONFORMS, Report.DIFFERS, Report.BROKEN).get(report.exitStatus());
    Map<String, Object> values =
        Map.of(
            "report",
            report,
            "verdict",
            report.complete() ? verdict : "unfinished",
            "seconds",
            (Mustache.Lambda) (fragment, out) -> out.write(seconds((RowResult) fragment.context())),
            "subjects",
            Grid.of(report.rows()));
    Mustache.Compiler html = Mustache.compiler().emptyStringIsFalse(true);
    return Template.fill(SweepPage.class, "sweep", html, values);
  }

  private static String seconds(RowResult row) {
    return String.format(Locale.ROOT, "%.0f", row.seconds());
  }

  /** A table for the terminal, with a few lines about what changed. */
  static String text(SweepReport report) {
    List<ColumnData<RowResult>> columns =
        List.of(
            column("row", RowResult::name),
            column("outcome", row -> row.outcome().words()),
            column("s", SweepPage::seconds),
            column("JDK", row -> row.row().jdk() + ""),
            column("Python", row -> row.row().python()),
            column("torch", row -> row.oracle().torch()),
            column("processor", row -> row.oracle().computing()));
    StringBuilder text = new StringBuilder();
    text.append(AsciiTable.getTable(AsciiTable.NO_BORDERS, report.rows(), columns)).append("\n\n");
    for (Step step : report.steps()) {
      String head = "%s -> %s: ".formatted(step.from(), step.to());
      step.verdicts().forEach(change -> text.append(head).append(change).append('\n'));
      text.append(head).append(step.words()).append('\n');
    }
    text.append("\nsince the last sweep:\n");
    report.sinceLast().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }

  private static ColumnData<RowResult> column(String header, Function<RowResult, String> value) {
    return new Column().header(header).maxWidth(WIDTH).dataAlign(HorizontalAlign.LEFT).with(value);
  }
}
