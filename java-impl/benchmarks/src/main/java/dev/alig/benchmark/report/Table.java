package dev.alig.benchmark.report;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Text in rows; the first cell of a row says what it is.
 *
 * @param title what all of it is about
 */
record Table(String title, List<String> header, List<List<String>> rows) {
  Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "a row of %s has %d cells, not %d".formatted(title, row.size(), header.size()));
      }
    }
  }

  /** For a terminal. */
  String plain() {
    List<Column> columns = new ArrayList<>();
    for (String name : header) {
      boolean first = columns.isEmpty();
      columns.add(
          new Column()
              .header(name)
              .dataAlign(first ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT));
    }
    String[][] cells =
        rows.stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new);
    String body = AsciiTable.getTable(AsciiTable.NO_BORDERS, columns.toArray(Column[]::new), cells);
    return title + System.lineSeparator() + body + System.lineSeparator();
  }

  /** For a README. */
  String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add(line(header));
    List<String> rule = new ArrayList<>(Collections.nCopies(header.size(), "---:"));
    rule.set(0, "---");
    lines.add(line(rule));
    rows.forEach(row -> lines.add(line(row)));
    return String.join("\n", lines) + "\n";
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
