package dev.alig.conformance.coverage;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.model.StepCase;
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
import org.apiguardian.api.API;

/**
 * A few dozen cases that show every pair of levels that can meet.
 *
 * <p>The search is a greedy covering array. For the first pair not yet shown it draws rows with the
 * pair and random other levels, makes cases of them, and runs these in exact arithmetic. The case
 * that shows most of the missing pairs stays. What a case shows is measured, because a cap that is
 * hit is an outcome; a library for covering arrays would want it as a constraint. The same
 * applicable cases always give the same list.
 *
 * @param inapplicable pairs for which the search found only cases that the subject cannot run, and
 *     why
 */
@API(status = INTERNAL, since = "0.1")
public record CoveringCases(List<StepCase> cases, Map<Pair, String> inapplicable) {
  /** Rows compared for a pair; the best of twenty is close to the best. */
  private static final int ROWS = 20;

  /** Rows tried before the search gives a pair up. */
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
  public static CoveringCases of(Function<StepCase, Optional<String>> why) {
    boolean all = WhereAllApplies.CASES.cases().stream().allMatch(c -> why.apply(c).isEmpty());
    return all ? WhereAllApplies.CASES : new Search(why).run();
  }

  /** The search takes about a second, so most subjects share one. */
  private static final class WhereAllApplies {
    static final CoveringCases CASES = new Search(scripted -> Optional.empty()).run();
  }

  private static final class Search {
    private final Function<StepCase, Optional<String>> why;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Set<Pair> missing = new LinkedHashSet<>(ImpossiblePairs.others());
    private final List<StepCase> cases = new ArrayList<>();
    private final Map<Pair, String> inapplicable = new LinkedHashMap<>();

    Search(Function<StepCase, Optional<String>> why) {
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
      Optional<StepCase> best = Optional.empty();
      Set<Pair> shownByBest = Set.of();
      int rows = 0;
      for (int attempt = 0; attempt < ATTEMPTS && rows < ROWS; attempt++) {
        StepCase scripted = CaseOf.of(row(pair), random.split());
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

    private StepCase named(StepCase c) {
      return new StepCase(
          "pairs " + (cases.size() + 1),
          c.dtype(),
          c.eps(),
          c.form(),
          c.radius(),
          c.groups(),
          c.steps(),
          c.resumed());
    }

    private static Set<Pair> shown(StepCase scripted) {
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
