package dev.alig.conformance.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The changes from one row to another, or in one row from one sweep to the next.
 *
 * @param verdicts the requirements whose verdict changed, one line each
 * @param bits the probes whose bits changed
 * @param note why the bits are unknown, or an empty text
 */
record Step(String from, String to, List<String> verdicts, List<BitChange> bits, String note) {
  /** The changes from each row that ran to the next. */
  static List<Step> neighbours(List<RowResult> rows, SweepFolder folder) {
    List<RowResult> ran =
        rows.stream().filter(row -> !(row.outcome() instanceof Outcome.NotRun)).toList();
    List<Step> steps = new ArrayList<>();
    for (int k = 1; k < ran.size(); k++) {
      RowResult was = ran.get(k - 1);
      RowResult is = ran.get(k);
      List<String> verdicts = changes(was.verdicts(), is.verdicts());
      steps.add(between(was, folder.of(was.name()), is, folder.of(is.name()), verdicts));
    }
    return steps;
  }

  private static Step between(
      RowResult was, Path before, RowResult is, Path after, List<String> verdicts) {
    Optional<Fingerprint> older = SweepFolder.fingerprint(before);
    Optional<Fingerprint> newer = SweepFolder.fingerprint(after);
    boolean known = older.isPresent() && newer.isPresent();
    List<BitChange> bits = known ? BitChange.between(older.get(), newer.get()) : List.of();
    return new Step(
        was.name(), is.name(), verdicts, bits, known ? "" : "one of the two was not probed");
  }

  private static List<String> changes(Map<String, String> was, Map<String, String> is) {
    return is.entrySet().stream()
        .filter(now -> !was.getOrDefault(now.getKey(), now.getValue()).equals(now.getValue()))
        .map(
            now ->
                "%s: was %s, is %s".formatted(now.getKey(), was.get(now.getKey()), now.getValue()))
        .toList();
  }

  /** The changes since the previous sweep, one line each; if there are none, one line says so. */
  static List<String> sinceLast(List<RowResult> rows, SweepFolder folder) {
    List<String> lines = new ArrayList<>();
    for (RowResult row : rows) {
      Path before = folder.before(row.name());
      Optional<RowResult> last = SweepFolder.result(before);
      if (last.isEmpty()) {
        lines.add("%s is new: %s".formatted(row.name(), row.outcome().words()));
        continue;
      }
      List<String> changes = changes(last.get().facts(), row.facts());
      Step step = between(last.get(), before, row, folder.of(row.name()), changes);
      changes.forEach(change -> lines.add("%s, %s".formatted(row.name(), change)));
      if (!step.bits.isEmpty()) {
        lines.add("%s: %s".formatted(row.name(), step.words()));
      }
    }
    return lines.isEmpty() ? List.of("nothing changed since the last sweep") : lines;
  }

  /** The changes of bits in words, such as {@code other bits in {norm=11}}. */
  String words() {
    Map<String, Integer> groups = new LinkedHashMap<>();
    bits.forEach(change -> groups.merge(change.group(), 1, Integer::sum));
    String none = note.isEmpty() ? "the same bits in every probe" : note;
    return groups.isEmpty() ? none : "other bits in " + groups;
  }
}
