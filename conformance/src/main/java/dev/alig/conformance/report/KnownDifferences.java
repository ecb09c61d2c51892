package dev.alig.conformance.report;

import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.differences.AskedDifference.State;
import dev.alig.conformance.gate.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The register of known differences over all subjects of a run. */
final class KnownDifferences {
  private final Map<String, List<AskedDifference>> bySubject = new TreeMap<>();

  /** Takes what became of the register with one subject. */
  void add(Event.DifferencesAsked asked) {
    bySubject.put(asked.subject(), asked.differences());
  }

  /** What is stale with one subject is stale; what one subject has no part in, another may have. */
  private static AskedDifference worse(AskedDifference first, AskedDifference second) {
    return rank(second.state()) > rank(first.state()) ? second : first;
  }

  private static int rank(State state) {
    return switch (state) {
      case NOT_ASKED -> 0;
      case HOLDS -> 1;
      case STALE -> 2;
    };
  }

  /** Each entry once, in the order of the register. */
  List<AskedDifference> all() {
    Map<String, AskedDifference> byId = new LinkedHashMap<>();
    bySubject.values().stream()
        .flatMap(List::stream)
        .forEach(asked -> byId.merge(asked.id(), asked, KnownDifferences::worse));
    return List.copyOf(byId.values());
  }

  /** The register in one line, such as {@code known differences: 14 hold, 2 not asked}. */
  static String line(List<AskedDifference> all) {
    long stale = count(all, State.STALE);
    return "known differences: %d hold%s, %d not asked"
        .formatted(
            count(all, State.HOLDS),
            stale == 0 ? "" : ", %d stale".formatted(stale),
            count(all, State.NOT_ASKED));
  }

  private static long count(List<AskedDifference> all, State state) {
    return all.stream().filter(difference -> difference.state() == state).count();
  }
}
