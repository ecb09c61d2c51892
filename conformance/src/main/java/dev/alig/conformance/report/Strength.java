package dev.alig.conformance.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.alig.conformance.defects.Defect.Kind;
import dev.alig.conformance.gate.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How strong the suite proved to be: what became of the defective optimizers.
 *
 * @param defects the defective ones, which the suite should catch
 * @param controls the sound ones, which it should not
 */
record Strength(List<DefectResult> defects, List<DefectResult> controls) {
  /** Gathers the events of a run. */
  static final class Builder {
    private final List<DefectResult> defects = new ArrayList<>();
    private final List<DefectResult> controls = new ArrayList<>();
    private Optional<Integer> announced = Optional.empty();

    void add(Event.CatalogueStarted started) {
      announced = Optional.of(announced.orElse(0) + started.optimizers());
    }

    void add(Event.DefectTried tried) {
      (tried.sound() ? controls : defects).add(DefectResult.of(tried));
    }

    Strength build() {
      return new Strength(byKind(defects), byKind(controls));
    }

    /** In one order, whichever kind was tried first. */
    private static List<DefectResult> byKind(List<DefectResult> results) {
      return results.stream()
          .sorted(Comparator.comparing(result -> Kind.of(result.kind())))
          .toList();
    }

    /** Why the suite has not proved its strength; empty if it has. */
    Optional<String> shortcoming() {
      Optional<String> incomplete = incomplete();
      return incomplete.isPresent() ? incomplete : build().failure();
    }

    private Optional<String> incomplete() {
      if (announced.isEmpty()) {
        return Optional.of("the catalogue of defective optimizers did not run");
      }
      int tried = defects.size() + controls.size();
      return tried == announced.get() && !defects.isEmpty() && !controls.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "%d of the catalogue's %d optimizers were tried".formatted(tried, announced.get()));
    }
  }

  /** A false alarm comes first: where there is one, what was caught proves nothing. */
  private Optional<String> failure() {
    Optional<String> falseAlarm =
        controls.stream()
            .filter(DefectResult::caught)
            .findFirst()
            .map(
                control ->
                    "%s caught the sound optimizer %s after %d cases"
                        .formatted(control.caughtBy(), control.name(), control.cases()));
    return falseAlarm.isPresent() ? falseAlarm : survivor();
  }

  private Optional<String> survivor() {
    return defects.stream()
        .filter(defect -> !defect.caught())
        .findFirst()
        .map(
            defect ->
                "the suite let the defective optimizer %s pass in %d cases: %s"
                    .formatted(defect.name(), defect.cases(), defect.description()));
  }

  /**
   * One line, such as {@code 84 of 84 caught, cases needed: median 3, worst 57}; where there are
   * several kinds of defects, the same of each follows.
   */
  String summary() {
    Map<String, List<DefectResult>> kinds =
        defects.stream()
            .collect(groupingBy(DefectResult::kind, LinkedHashMap::new, Collectors.toList()));
    return kinds.size() == 1
        ? summary(defects)
        : kinds.entrySet().stream()
            .map(kind -> "%s %s".formatted(kind.getKey(), summary(kind.getValue())))
            .collect(joining("; ", summary(defects) + "; ", ""));
  }

  private static String summary(List<DefectResult> defects) {
    long[] needed =
        defects.stream()
            .filter(DefectResult::caught)
            .mapToLong(DefectResult::cases)
            .sorted()
            .toArray();
    String caught = "%d of %d caught".formatted(needed.length, defects.size());
    return needed.length == 0
        ? caught
        : "%s, cases needed: median %d, worst %d"
            .formatted(caught, needed[needed.length / 2], needed[needed.length - 1]);
  }
}
