package dev.alig.conformance.report;

import static java.util.stream.Collectors.toMap;

import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.differences.AskedDifference.State;
import dev.alig.conformance.differences.Declared;
import dev.alig.conformance.run.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The known differences over all subjects of a run. */
final class KnownDifferences {
  private static final List<State> WORST_LAST = List.of(State.NOT_ASKED, State.HOLDS, State.STALE);

  private final Map<String, AskedDifference> registered = new LinkedHashMap<>();
  private final Map<String, AskedDifference> declared;

  /**
   * Collects the answers.
   *
   * @param asked the register's, per subject; a later one replaces an earlier one
   * @param own those of the user's own entries, per property
   */
  KnownDifferences(List<Event.DifferencesAsked> asked, List<Event.DeclaredAsked> own) {
    // What is stale with one subject is stale; what one subject cannot show, another may.
    asked.stream()
        .collect(
            toMap(
                Event.DifferencesAsked::subject,
                Event.DifferencesAsked::differences,
                (earlier, later) -> later,
                TreeMap::new))
        .values()
        .stream()
        .flatMap(List::stream)
        .forEach(answer -> registered.merge(answer.id(), answer, KnownDifferences::worse));
    Map<String, Declared.Count> counts = new LinkedHashMap<>();
    own.stream()
        .flatMap(event -> event.declared().stream())
        .forEach(count -> counts.merge(count.id(), count, KnownDifferences::sum));
    declared = new LinkedHashMap<>();
    counts.values().forEach(count -> declared.put(count.id(), asked(count)));
  }

  private static AskedDifference worse(AskedDifference first, AskedDifference second) {
    return WORST_LAST.indexOf(second.state()) > WORST_LAST.indexOf(first.state()) ? second : first;
  }

  private static Declared.Count sum(Declared.Count a, Declared.Count b) {
    long shown = a.shown() + b.shown();
    long agreed = a.agreed() + b.agreed();
    return new Declared.Count(a.id(), a.when(), a.because(), shown, agreed, a.whole());
  }

  private static AskedDifference asked(Declared.Count count) {
    State state =
        count.shown() > 0
            ? State.HOLDS
            : count.agreed() > 0 && count.whole() ? State.STALE : State.NOT_ASKED;
    String evidence =
        switch (state) {
          case HOLDS ->
              "%d cases differ as declared, %d agree".formatted(count.shown(), count.agreed());
          case STALE -> "all %d cases that it concerns agree".formatted(count.agreed());
          case NOT_ASKED ->
              count.whole()
                  ? "the run has no case that it concerns"
                  : "no case shows it; the run leaves out some of its requirements";
        };
    List<String> between = List.of("the oracle", "the optimizer");
    return new AskedDifference(
        count.id(), between, count.when(), count.because(), "", state, evidence);
  }

  /** Whether there are entries of the user's own. */
  boolean hasDeclared() {
    return !declared.isEmpty();
  }

  /** The complaint about a user's entry that no case shows; empty if there is none. */
  Optional<String> stale() {
    return declared.values().stream()
        .filter(entry -> entry.state() == State.STALE)
        .findFirst()
        .map(
            entry ->
                "%s is stale: %s; correct the entry, or remove it"
                    .formatted(entry.id(), entry.evidence()));
  }

  /** Each entry once, in the order of the register; the user's own come last. */
  List<AskedDifference> all() {
    Map<String, AskedDifference> all = new LinkedHashMap<>(registered);
    all.putAll(declared);
    return List.copyOf(all.values());
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
