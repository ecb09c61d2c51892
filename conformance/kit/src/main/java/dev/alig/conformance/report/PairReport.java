package dev.alig.conformance.report;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.coverage.ImpossiblePairs;
import dev.alig.conformance.coverage.Pair;
import dev.alig.conformance.run.Event;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * The pairs of circumstances that met while a subject ran.
 *
 * @param covered how many of the possible pairs met
 * @param possible how many can meet in a step of this subject
 * @param missing the possible pairs that did not meet
 * @param contradicted the pairs that met, though {@code impossible-pairs.yaml} rules them out
 * @param inapplicable the pairs that the subject cannot show, and why
 */
@API(status = INTERNAL, since = "0.1")
public record PairReport(
    int covered,
    int possible,
    List<String> missing,
    List<String> contradicted,
    Map<String, String> inapplicable) {
  private static final int SHOWN = 5;

  /** The pairs that the properties of one subject have shown. */
  static PairReport of(List<Event.Covered> events) {
    Set<Pair> met = new LinkedHashSet<>();
    Map<String, String> excused = new TreeMap<>();
    for (Event.Covered event : events) {
      event.pairs().forEach(pair -> met.add(Pair.parse(pair)));
      excused.putAll(event.excused());
    }
    met.forEach(pair -> excused.remove(pair.toString()));
    Set<Pair> possible = new LinkedHashSet<>(ImpossiblePairs.others());
    possible.removeIf(pair -> excused.containsKey(pair.toString()));
    List<String> missing = difference(possible, met);
    return new PairReport(
        possible.size() - missing.size(),
        possible.size(),
        missing,
        difference(met, ImpossiblePairs.others()),
        excused);
  }

  private static List<String> difference(Set<Pair> these, Set<Pair> those) {
    return these.stream().filter(pair -> !those.contains(pair)).map(Pair::toString).toList();
  }

  /** What is wrong with the coverage; empty if nothing is. */
  Optional<String> complaint() {
    if (!contradicted.isEmpty()) {
      return Optional.of(
          "%s met, which impossible-pairs.yaml declares impossible: correct the entry"
              .formatted(some(contradicted)));
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d of %d pairs of circumstances never met: %s"
                .formatted(missing.size(), possible, some(missing)));
  }

  private static String some(List<String> pairs) {
    String text = String.join("; ", pairs.subList(0, Math.min(SHOWN, pairs.size())));
    return pairs.size() > SHOWN ? text + " and %d more".formatted(pairs.size() - SHOWN) : text;
  }

  @Override
  public String toString() {
    return "pairs: %d of %d".formatted(covered, possible);
  }
}
