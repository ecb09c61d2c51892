package dev.alig.conformance.report.page;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.alig.conformance.report.DefectResult;
import dev.alig.conformance.report.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What became of the defective optimizers.
 *
 * @param summary all of them in a sentence
 * @param catchers the requirements that caught them, the one that caught most first
 * @param rows each of them, those first that are not as they should be
 * @param open whether one is not as it should be
 */
record DefectsView(String summary, List<Catcher> catchers, List<Row> rows, boolean open) {

  /** A requirement and how many it caught. */
  record Catcher(String id, String count, String share) {}

  /**
   * A defective or a sound optimizer.
   *
   * @param fate what caught it
   * @param right whether that is as it should be
   * @param cases how many cases it took
   */
  record Row(DefectResult result, String fate, boolean right, String cases) {
    static Row of(DefectResult result, boolean sound) {
      String by = result.caughtBy();
      String fate = by == null ? "nothing" : result.threw() ? by + ", it failed to run" : by;
      boolean right = sound == (by == null);
      return new Row(
          result,
          sound && right ? fate + ", as it should" : fate,
          right,
          Words.count(result.cases()));
    }
  }

  static DefectsView of(Report report) {
    List<Row> rows = new ArrayList<>();
    report.controls().forEach(control -> rows.add(Row.of(control, true)));
    report.defects().forEach(defect -> rows.add(Row.of(defect, false)));
    rows.sort(Comparator.comparing(Row::right));
    return new DefectsView(
        report.strength(),
        catchers(report.defects()),
        rows,
        rows.stream().anyMatch(r -> !r.right()));
  }

  private static List<Catcher> catchers(List<DefectResult> defects) {
    Map<String, Long> caught =
        defects.stream()
            .filter(defect -> defect.caughtBy() != null)
            .collect(groupingBy(defect -> String.valueOf(defect.caughtBy()), counting()));
    long most = caught.values().stream().mapToLong(Long::longValue).max().orElse(1);
    Comparator<Map.Entry<String, Long>> mostFirst = Map.Entry.comparingByValue();
    return caught.entrySet().stream()
        .sorted(mostFirst.reversed().thenComparing(Map.Entry.comparingByKey()))
        .map(
            entry ->
                new Catcher(
                    entry.getKey(),
                    Words.count(entry.getValue()),
                    Words.share((double) entry.getValue() / most)))
        .toList();
  }
}
