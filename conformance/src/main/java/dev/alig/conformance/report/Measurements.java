package dev.alig.conformance.report;

import dev.alig.conformance.DType;
import dev.alig.conformance.Extremes;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.gate.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** How close the numbers of a run came to their bounds. */
final class Measurements {
  private final List<Event.Measured> events = new ArrayList<>();

  /** Takes what a property has measured. */
  void add(Event.Measured measured) {
    events.add(measured);
  }

  /** Over all of a subject. */
  Collection<Extremes> of(String subject) {
    return of(subject, any -> true);
  }

  /** Over the properties of one requirement. */
  Collection<Extremes> of(String subject, Requirement requirement) {
    return of(subject, measured -> measured.requirements().contains(requirement));
  }

  /** One for each dtype. */
  private Collection<Extremes> of(String subject, Predicate<Event.Measured> wanted) {
    Map<DType, Extremes> all = new EnumMap<>(DType.class);
    events.stream()
        .filter(measured -> measured.subject().equals(subject))
        .filter(wanted)
        .map(Event.Measured::extremes)
        .forEach(extremes -> all.merge(extremes.dtype(), extremes, Extremes::and));
    return all.values();
  }
}
