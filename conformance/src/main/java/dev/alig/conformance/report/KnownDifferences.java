package dev.alig.conformance.report;

import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.differences.AskedDifference.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The register of known differences over all subjects of a run. */
final class KnownDifferences {
  private final Map<String, AskedDifference> byId = new LinkedHashMap<>();

  /** Takes what became of the register with one subject. */
  void add(List<AskedDifference> asked) {
    asked.forEach(difference -> byId.merge(difference.id(), difference, KnownDifferences::worse));
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
