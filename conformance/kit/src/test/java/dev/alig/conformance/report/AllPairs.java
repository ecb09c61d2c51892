package dev.alig.conformance.report;

import dev.alig.conformance.coverage.ImpossiblePairs;
import dev.alig.conformance.coverage.Pair;
import dev.alig.conformance.run.Event;
import java.util.List;
import java.util.Map;

/** What a run records in which every pair met that can, for tests that are about something else. */
public final class AllPairs {
  private AllPairs() {}

  /** The event. */
  public static Event coveredBy(String subject) {
    List<String> pairs = ImpossiblePairs.others().stream().map(Pair::toString).toList();
    return new Event.Covered(subject, "p", pairs, Map.of(), 0);
  }
}
