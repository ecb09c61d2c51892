package dev.alig.conformance.sweep;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs one row after another, and updates the report after each.
 *
 * @param settings everything that changes results, except the rows
 */
record Campaign(SweepFolder folder, String settings, Gate gate, PrintStream out) {
  /** Runs the gate with the settings of a row. */
  @FunctionalInterface
  interface Gate {
    /** Runs a row and writes its files to a folder. */
    RowResult run(Row row, Path folder) throws IOException;
  }

  /** Runs the rows that have no result yet; writes and returns the report. */
  SweepReport run(List<Row> rows) throws IOException {
    if (folder.begin(settings)) {
      out.println("going on with the sweep that was interrupted");
    }
    List<RowResult> done = new ArrayList<>();
    for (Row row : rows) {
      folder.write(report(done, false));
      Path own = folder.of(row.name());
      Optional<RowResult> known =
          SweepFolder.result(own)
              .filter(was -> was.isFinal() && was.row().equals(row))
              .filter(was -> was.settings().equals(settings));
      if (known.isEmpty()) {
        out.printf("[%d/%d] %s, see %s%n", done.size() + 1, rows.size(), row.name(), own);
      }
      RowResult result = known.isPresent() ? known.get() : gate.run(row, own);
      folder.keep(result);
      done.add(result);
      String when = known.isPresent() ? ", from before the interruption" : "";
      out.printf(
          "%s: %s%s%s%n", row.name(), result.outcome().words(), when, left(done, rows.size()));
    }
    SweepReport report = report(done, true);
    folder.write(report);
    return report;
  }

  private SweepReport report(List<RowResult> done, boolean complete) {
    return new SweepReport(
        complete,
        settings,
        List.copyOf(done),
        Step.neighbours(done, folder),
        complete ? Step.sinceLast(done, folder) : List.of());
  }

  private static String left(List<RowResult> done, int rows) {
    double mean =
        done.stream()
            .filter(RowResult::isFinal)
            .mapToDouble(RowResult::seconds)
            .average()
            .orElse(0);
    int left = rows - done.size();
    return left == 0 || mean == 0
        ? ""
        : "; %d left: about %.0f min".formatted(left, Math.ceil(left * mean / 60));
  }
}
