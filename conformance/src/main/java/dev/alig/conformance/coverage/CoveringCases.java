package dev.alig.conformance.coverage;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A few dozen cases in which every pair of levels that can meet does.
 *
 * <p>A greedy covering array: for the first pair not yet shown, rows with the pair and random other
 * levels are made into cases, exact arithmetic tells what these show, and the one that shows most
 * of what is missing stays. What a row shows is measured and not derived, because whether a cap is
 * hit is an outcome; a library for covering arrays would want that as constraints. The same
 * applicable cases always give the same list.
 *
 * @param cases the cases
 * @param inapplicable pairs of which only cases were found that the subject cannot run, and why
 */
public record CoveringCases(List<Scripted> cases, Map<Pair, String> inapplicable) {
  /** Rows looked at for a pair; the best of twenty is close to the best. */
  private static final int ROWS = 20;

  /** Rows tried before a pair is given up; random levels show a rare pair in some of these. */
  private static final int ATTEMPTS = 400;

  private static final long SEED = 612;

  /** Copies both. */
  public CoveringCases {
    cases = List.copyOf(cases);
    inapplicable = Map.copyOf(inapplicable);
  }

  /**
   * The cases for a subject.
   *
   * @param why why the subject cannot run a case, or empty if it can
   */
  public static CoveringCases of(Function<Scripted, Optional<String>> why) {
    boolean all = WhereAllApplies.CASES.cases().stream().allMatch(c -> why.apply(c).isEmpty());
    return all ? WhereAllApplies.CASES : new Search(why).run();
  }

  /** The search takes about a second, so most subjects share one. */
  private static final class WhereAllApplies {
    static final CoveringCases CASES = new Search(scripted -> Optional.empty()).run();
  }

  private static final class Search {
    private final Function<Scripted, Optional<String>> why;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Set<Pair> missing = new LinkedHashSet<>(ImpossiblePairs.others());
    private final List<Scripted> cases = new ArrayList<>();
    private final Map<Pair, String> inapplicable = new LinkedHashMap<>();

    Search(Function<Scripted, Optional<String>> why) {
      this.why = why;
    }

    CoveringCases run() {
      for (Pair pair : ImpossiblePairs.others()) {
        if (missing.contains(pair)) {
          cover(pair);
        }
      }
      return new CoveringCases(cases, inapplicable);
    }

    private void cover(Pair pair) {
      Optional<Scripted> best = Optional.empty();
      Set<Pair> shownByBest = Set.of();
      int rows = 0;
      for (int attempt = 0; attempt < ATTEMPTS && rows < ROWS; attempt++) {
        Scripted scripted = CaseOf.of(row(pair), random.split());
        Optional<String> reason = why.apply(scripted);
        if (reason.isPresent() && inapplicable.containsKey(pair)) {
          continue;
        }
        Set<Pair> shown = shown(scripted);
        if (!shown.contains(pair)) {
          continue;
        }
        if (reason.isPresent()) {
          inapplicable.put(pair, reason.get());
          continue;
        }
        rows++;
        shown.retainAll(missing);
        if (shown.size() > shownByBest.size()) {
          best = Optional.of(scripted);
          shownByBest = shown;
        }
      }
      best.ifPresent(scripted -> cases.add(named(scripted)));
      missing.removeAll(shownByBest);
      inapplicable.keySet().removeAll(shownByBest);
    }

    private Scripted named(Scripted c) {
      return new Scripted(
          "pairs " + (cases.size() + 1),
          c.dtype(),
          c.eps(),
          c.form(),
          c.radius(),
          c.groups(),
          c.steps(),
          c.resumed());
    }

    private static Set<Pair> shown(Scripted scripted) {
      return Circumstances.pairs(scripted, new ExactOracle().run(scripted));
    }

    private Map<Factor, Level> row(Pair pair) {
      Map<Factor, Level> row = new EnumMap<>(Factor.class);
      for (Factor factor : Factor.values()) {
        List<Level> levels = factor.levels();
        row.put(factor, levels.get(random.nextInt(levels.size())));
      }
      row.put(pair.first().factor(), pair.first());
      row.put(pair.second().factor(), pair.second());
      return row;
    }
  }
}
