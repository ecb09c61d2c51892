package dev.alig.conformance.releases;

import com.samskivert.mustache.Mustache;
import dev.alig.conformance.releases.ReleaseResult.Cell;
import dev.alig.conformance.releases.ReleasesReport.Step;
import dev.alig.conformance.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** {@code releases.html}, a view of {@code releases.json} in one file. */
final class ReleasesPage {
  private ReleasesPage() {}

  /** A subject's matrix. */
  record Matrix(String name, List<Row> rows) {}

  /** A requirement or a group of probes over all releases. */
  record Row(String id, String title, List<Entry> entries) {}

  /**
   * One field of a matrix.
   *
   * @param kind the verdict, for its colour
   * @param changed whether it is another than that of the release before
   * @param text what to show
   * @param hint what to show on demand
   */
  record Entry(String kind, boolean changed, String text, String hint) {}

  /** A release's line of facts. */
  record Facts(ReleaseResult release, String disk, String free, String setUp, String gate) {
    static Facts of(ReleaseResult release) {
      ReleaseResult.SetUp setUp = release.setUp();
      String fate =
          setUp.built() ? (setUp.kept() ? ", built and kept" : ", built and removed") : "";
      return new Facts(
          release,
          Environments.gigabytes(setUp.diskBytes()) + fate,
          Environments.gigabytes(setUp.freeBytes()),
          seconds(setUp.seconds()),
          seconds(release.gateSeconds()));
    }

    private static String seconds(double seconds) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
  }

  static String of(ReleasesReport report) throws IOException {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("report", report);
    view.put("verdict", verdict(report));
    view.put("facts", report.releases().stream().map(Facts::of).toList());
    view.put("matrices", matrices(report.releases()));
    view.put("bits", bits(report.steps()));
    view.put("changed", report.steps().stream().filter(ReleasesPage::hasChanges).toList());
    try (InputStream stream = ReleasesPage.class.getResourceAsStream("releases.mustache");
        Reader template =
            new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8)) {
      return Mustache.compiler().emptyStringIsFalse(true).compile(template).execute(view);
    }
  }

  private static boolean hasChanges(Step step) {
    return !step.bits().isEmpty() || !step.verdicts().isEmpty();
  }

  private static String verdict(ReleasesReport report) {
    if (!report.complete()) {
      return "unfinished";
    }
    return switch (report.exitStatus()) {
      case 0 -> Report.CONFORMS;
      case 1 -> Report.DIFFERS;
      default -> Report.BROKEN;
    };
  }

  private static List<Matrix> matrices(List<ReleaseResult> releases) {
    Set<String> names = new LinkedHashSet<>();
    releases.forEach(release -> release.subjects().forEach(subject -> names.add(subject.name())));
    return names.stream().map(name -> matrix(name, releases)).toList();
  }

  private static Matrix matrix(String subject, List<ReleaseResult> releases) {
    Map<String, String> titles = new LinkedHashMap<>();
    for (ReleaseResult release : releases) {
      cells(release, subject).forEach(cell -> titles.put(cell.id(), cell.title()));
    }
    List<Row> rows = new ArrayList<>();
    titles.forEach((id, title) -> rows.add(row(subject, id, title, releases)));
    return new Matrix(subject, rows);
  }

  private static Row row(String subject, String id, String title, List<ReleaseResult> releases) {
    List<Entry> entries = new ArrayList<>();
    Optional<Cell> before = Optional.empty();
    for (ReleaseResult release : releases) {
      Optional<Cell> cell =
          cells(release, subject).stream().filter(c -> c.id().equals(id)).findFirst();
      entries.add(cell.isPresent() ? entry(cell.get(), before) : missing(release));
      before = cell.or(() -> Optional.empty());
    }
    return new Row(id, title, entries);
  }

  private static List<Cell> cells(ReleaseResult release, String subject) {
    return release.subjects().stream()
        .filter(found -> found.name().equals(subject))
        .flatMap(found -> found.requirements().stream())
        .toList();
  }

  private static Entry entry(Cell cell, Optional<Cell> before) {
    boolean changed = before.filter(was -> !was.verdict().equals(cell.verdict())).isPresent();
    String ratio = String.format(Locale.ROOT, "%.3f", cell.ratio());
    String text = cell.verdict().equals(Report.CONFORMS) ? ratio : cell.verdict() + " " + ratio;
    String hint = cell.message().isEmpty() ? cell.cases() + " cases" : cell.message();
    return new Entry(cell.verdict(), changed, text, hint);
  }

  private static Entry missing(ReleaseResult release) {
    return new Entry("inapplicable", false, "–", release.verdict());
  }

  /** For each group of probes how many changed from each release to the next, and by how much. */
  private static List<Row> bits(List<Step> steps) {
    Set<String> groups = new LinkedHashSet<>();
    steps.forEach(step -> step.bits().forEach(change -> groups.add(change.group())));
    return groups.stream()
        .map(group -> new Row(group, "", steps.stream().map(step -> bits(step, group)).toList()))
        .toList();
  }

  private static Entry bits(Step step, String group) {
    List<BitChange> changes =
        step.bits().stream().filter(change -> change.group().equals(group)).toList();
    if (changes.isEmpty()) {
      return new Entry("conforms", false, step.note().isEmpty() ? "same" : "?", step.note());
    }
    double largest =
        changes.stream().mapToDouble(BitChange::ulps).filter(Double::isFinite).max().orElse(0);
    String text = String.format(Locale.ROOT, "%d, by ≤ %,.0f ulp", changes.size(), largest);
    return new Entry("moved", true, text, changes.get(0).probe());
  }
}
