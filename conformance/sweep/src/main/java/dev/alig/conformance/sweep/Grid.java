package dev.alig.conformance.sweep;

import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.Report.RequirementResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A table of an optimizer's verdicts in the rows that ran: one column per row, one line per
 * requirement.
 */
record Grid(String name, List<String> columns, List<Line> lines) {
  /** A requirement, with one field per row that ran. */
  record Line(String id, String title, List<Entry> entries) {}

  /**
   * One field of the table.
   *
   * @param column the name of its column, which a narrow screen shows beside it
   * @param kind the verdict, which decides the colour
   * @param changed whether the verdict differs from that in the previous column
   * @param moved whether the worst ratio differs
   * @param message the gate's message, or an empty text
   */
  record Entry(
      String column, String kind, boolean changed, boolean moved, String text, String message) {}

  /** The grids of all optimizers. */
  static List<Grid> of(List<RowResult> rows) {
    List<RowResult> ran = rows.stream().filter(row -> !row.subjects().isEmpty()).toList();
    return ran.stream()
        .flatMap(row -> row.subjects().stream())
        .map(RowResult.Subject::name)
        .distinct()
        .map(name -> of(name, ran))
        .toList();
  }

  private static Grid of(String subject, List<RowResult> rows) {
    Map<String, String> titles = new LinkedHashMap<>();
    List<Map<String, RequirementResult>> columns = new ArrayList<>();
    for (RowResult row : rows) {
      Map<String, RequirementResult> column = new LinkedHashMap<>();
      row.subjects().stream()
          .filter(found -> found.name().equals(subject))
          .flatMap(found -> found.requirements().stream())
          .forEach(result -> column.put(result.id(), result));
      column.forEach((id, result) -> titles.put(id, result.title()));
      columns.add(column);
    }
    List<String> names = rows.stream().map(RowResult::name).toList();
    List<Line> lines = new ArrayList<>();
    titles.forEach((id, title) -> lines.add(line(id, title, names, columns)));
    return new Grid(subject, names, lines);
  }

  private static Line line(
      String id, String title, List<String> names, List<Map<String, RequirementResult>> columns) {
    List<Entry> entries = new ArrayList<>();
    Optional<RequirementResult> before = Optional.empty();
    for (int k = 0; k < names.size(); k++) {
      Optional<RequirementResult> found = Optional.ofNullable(columns.get(k).get(id));
      entries.add(entry(names.get(k), found, before));
      before = found;
    }
    return new Line(id, title, entries);
  }

  /**
   * Compares a row with the one before. Both have the same cases, so if the worst ratio changed,
   * bits changed.
   */
  private static Entry entry(
      String row, Optional<RequirementResult> found, Optional<RequirementResult> before) {
    if (found.isEmpty()) {
      return new Entry(row, Report.INAPPLICABLE, false, false, "not asked", "");
    }
    RequirementResult now = found.get();
    double ratio = now.worst().ratio();
    boolean changed = before.filter(was -> !was.verdict().equals(now.verdict())).isPresent();
    boolean moved = before.filter(was -> was.worst().ratio() != ratio).isPresent();
    String number = String.format(Locale.ROOT, moved ? "%.3f ≠" : "%.3f", ratio);
    String text = now.verdict().equals(Report.CONFORMS) ? number : now.verdict() + " " + number;
    return new Entry(row, now.verdict(), changed, moved, text, now.message());
  }
}
