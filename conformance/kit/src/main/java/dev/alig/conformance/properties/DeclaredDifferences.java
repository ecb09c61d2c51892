package dev.alig.conformance.properties;

import dev.alig.conformance.Difference;
import dev.alig.conformance.causes.Causes;
import dev.alig.conformance.causes.Explanation;
import dev.alig.conformance.differences.Declared;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Event;
import dev.alig.conformance.run.OwnDifferences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The differences that the user declared, and how often the cases of a property show each. */
final class DeclaredDifferences {
  private final PropertyContext property;
  private final Map<Declared, long[]> counts = new LinkedHashMap<>();
  private long excused;

  DeclaredDifferences(PropertyContext property) {
    this.property = property;
    OwnDifferences.read(property.run().settings().out())
        .forEach(entry -> counts.put(entry, new long[2]));
  }

  /** The entries that declare what an oracle raises in a case; none if it was not declared. */
  List<Declared> raising(StepCase scripted, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return concerned(scripted).stream()
        .filter(entry -> entry.raises().filter(type -> message.contains(type + ":")).isPresent())
        .toList();
  }

  /** Counts a case that differs as these entries declare. */
  void differed(List<Declared> entries) {
    entries.forEach(entry -> count(entry, 0));
    excused++;
  }

  /** Counts a case that agrees. */
  void agreed(StepCase scripted) {
    concerned(scripted).forEach(entry -> count(entry, 1));
  }

  private void count(Declared entry, int which) {
    Objects.requireNonNull(counts.get(entry), entry.id())[which]++;
  }

  private List<Declared> concerned(StepCase scripted) {
    return counts.keySet().stream()
        .filter(entry -> entry.concerns(property.requirements(), scripted, () -> trace(scripted)))
        .toList();
  }

  /** What the subject does with a case; empty if it fails to run it by itself. */
  private Optional<Trace> trace(StepCase scripted) {
    try {
      return Optional.of(property.subject().run(scripted));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The entries that together declare a difference: one entry without settings, or the entries
   * whose settings explain every quantity that is off. None if it was not declared.
   */
  List<Declared> declaring(StepCase scripted, Difference difference) {
    // No setting explains side effects.
    boolean beside = property.isAboutSideEffects();
    List<Declared> concerned =
        concerned(scripted).stream()
            .filter(entry -> entry.raises().isEmpty())
            .filter(entry -> !beside || entry.settings().isEmpty())
            .toList();
    Optional<Declared> any = concerned.stream().filter(e -> e.settings().isEmpty()).findFirst();
    if (concerned.isEmpty() || any.isPresent()) {
      return any.stream().toList();
    }
    Set<String> declared = new HashSet<>();
    concerned.forEach(entry -> declared.addAll(entry.settings()));
    Set<String> used = new HashSet<>();
    for (Explanation explanation :
        Causes.of(scripted, difference, property.suite().parties(), declared::contains)) {
      List<String> settings = explanation.settings().stream().findFirst().orElse(List.of());
      if (settings.isEmpty()) {
        return List.of();
      }
      used.addAll(settings);
    }
    return concerned.stream().filter(e -> e.settings().stream().anyMatch(used::contains)).toList();
  }

  /** How many differences were declared, for the report; an empty text if none. */
  String summary() {
    return excused == 0 ? "" : "%d cases differ as declared (--known)".formatted(excused);
  }

  private boolean isWhole(Declared entry) {
    ConformanceSettings settings = property.run().settings();
    return settings.drawsCases() && entry.requirements().stream().allMatch(settings::wants);
  }

  /** Records how often each declared difference showed. */
  void record() {
    if (!counts.isEmpty()) {
      List<Declared.Count> all = new ArrayList<>();
      counts.forEach((entry, count) -> all.add(entry.count(count[0], count[1], isWhole(entry))));
      property
          .run()
          .record(new Event.DeclaredAsked(property.subject().name(), property.name(), all));
    }
  }
}
