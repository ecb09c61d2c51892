package dev.alig.conformance.releases;

import dev.alig.conformance.releases.ReleaseResult.Cell;
import dev.alig.conformance.releases.ReleasesReport.Step;
import dev.alig.conformance.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table of rows over releases, or over the steps from each release to the next.
 *
 * @param name what it is about
 * @param columns the releases, or the steps
 */
record Matrix(String name, List<Column> columns, List<Row> rows) {

  /**
   * A release, or a step from one to the next.
   *
   * @param note what is to say of it, or an empty text
   */
  record Column(String name, String note) {}

  /**
   * A requirement, or a group of probes.
   *
   * @param title in words, or an empty text
   */
  record Row(String id, String title, List<Entry> entries) {}

  /**
   * One field.
   *
   * @param column the name of its column, which a narrow screen shows beside it
   * @param kind the verdict, for its colour
   * @param changed whether the verdict is another than on the release before
   * @param moved whether bits are others, which a verdict need not show
   * @param message what the gate says, or an empty text
   */
  record Entry(
      String column, String kind, boolean changed, boolean moved, String text, String message) {}

  /** The requirements of each optimizer over the releases. */
  static List<Matrix> ofSubjects(ReleasesReport report) {
    Set<String> names = new LinkedHashSet<>();
    report
        .releases()
        .forEach(release -> release.subjects().forEach(subject -> names.add(subject.name())));
    List<Column> columns = columns(report);
    return names.stream()
        .map(name -> new Matrix(name, columns, rows(name, report.releases())))
        .toList();
  }

  private static List<Column> columns(ReleasesReport report) {
    return report.releases().stream()
        .map(release -> new Column(release.version().toString(), note(release, report.steps())))
        .toList();
  }

  private static String note(ReleaseResult release, List<Step> steps) {
    int probes =
        steps.stream()
            .filter(step -> step.to().equals(release.version()))
            .mapToInt(step -> step.bits().size())
            .sum();
    return probes == 0 ? "" : "≠ in " + probes + (probes == 1 ? " probe" : " probes");
  }

  private static List<Row> rows(String subject, List<ReleaseResult> releases) {
    Map<String, String> titles = new LinkedHashMap<>();
    for (ReleaseResult release : releases) {
      cells(release, subject).forEach(cell -> titles.put(cell.id(), cell.title()));
    }
    List<Row> rows = new ArrayList<>();
    titles.forEach((id, title) -> rows.add(row(subject, id, title, releases)));
    return rows;
  }

  private static Row row(String subject, String id, String title, List<ReleaseResult> releases) {
    List<Entry> entries = new ArrayList<>();
    Optional<Cell> before = Optional.empty();
    for (ReleaseResult release : releases) {
      Optional<Cell> cell =
          cells(release, subject).stream().filter(c -> c.id().equals(id)).findFirst();
      entries.add(cell.isPresent() ? entry(release, cell.get(), before) : missing(release));
      before = cell;
    }
    return new Row(id, title, entries);
  }

  private static List<Cell> cells(ReleaseResult release, String subject) {
    return release.subjects().stream()
        .filter(found -> found.name().equals(subject))
        .flatMap(found -> found.requirements().stream())
        .toList();
  }

  /** The cases of two releases are the same, so that another worst ratio comes of other bits. */
  private static Entry entry(ReleaseResult release, Cell cell, Optional<Cell> before) {
    boolean changed = before.filter(was -> !was.verdict().equals(cell.verdict())).isPresent();
    boolean moved = before.filter(was -> was.ratio() != cell.ratio()).isPresent();
    String ratio = String.format(Locale.ROOT, moved ? "%.3f ≠" : "%.3f", cell.ratio());
    String text = cell.verdict().equals(Report.CONFORMS) ? ratio : cell.verdict() + " " + ratio;
    return new Entry(
        release.version().toString(), cell.verdict(), changed, moved, text, cell.message());
  }

  private static Entry missing(ReleaseResult release) {
    String version = release.version().toString();
    return new Entry(version, Report.INAPPLICABLE, false, false, release.verdict(), "");
  }

  /** For each group of probes how many changed from each release to the next, and by how much. */
  static Matrix ofBits(ReleasesReport report) {
    List<Step> steps = report.steps();
    List<Column> columns = steps.stream().map(step -> new Column(name(step), step.note())).toList();
    Set<String> groups = new LinkedHashSet<>();
    steps.forEach(step -> step.bits().forEach(change -> groups.add(change.group())));
    List<Row> rows = groups.stream().map(group -> new Row(group, "", bits(steps, group))).toList();
    return new Matrix("bits", columns, rows);
  }

  private static String name(Step step) {
    return "%s → %s".formatted(step.from(), step.to());
  }

  private static List<Entry> bits(List<Step> steps, String group) {
    return steps.stream().map(step -> bits(step, group)).toList();
  }

  private static Entry bits(Step step, String group) {
    List<BitChange> changes =
        step.bits().stream().filter(change -> change.group().equals(group)).toList();
    if (changes.isEmpty()) {
      boolean known = step.note().isEmpty();
      String kind = known ? Report.CONFORMS : Report.INAPPLICABLE;
      return new Entry(name(step), kind, false, false, known ? "same" : "not known", "");
    }
    double largest =
        changes.stream().mapToDouble(BitChange::ulps).filter(Double::isFinite).max().orElse(0);
    String text = String.format(Locale.ROOT, "≠ in %d, by ≤ %,.0f ulp", changes.size(), largest);
    return new Entry(name(step), "moved", false, true, text, "");
  }
}
