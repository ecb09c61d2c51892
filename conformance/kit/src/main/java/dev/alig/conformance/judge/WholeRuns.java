package dev.alig.conformance.judge;

import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.bounds.Enclosure;
import dev.alig.conformance.judge.Comparison.Side;
import dev.alig.conformance.model.Place;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges whole runs: the bounds are carried through all steps of the case, and the states of
 * subject and oracle must lie within them.
 */
record WholeRuns(Comparison comparison, StepCase scripted) {
  void judge(Trace subject, Trace oracle, Enclosure ofSubject, Enclosure ofOracle) {
    if (scripted.steps().size() == 1 && scripted.radius().isEmpty()) {
      // The one step was judged from the state that the case begins with.
      return;
    }
    List<BoundedState> bounds = states(ofSubject);
    List<BoundedState> ofOwn = ofSubject == ofOracle ? bounds : states(ofOracle);
    judge(comparison.of(Side.ORACLE), ofOwn, oracle, Optional.empty());
    judge(comparison, bounds, subject, Optional.of(oracle));
  }

  /** The bounds after construction and after each step. */
  private List<BoundedState> states(Enclosure enclosure) {
    List<BoundedState> states = new ArrayList<>();
    BoundedState state = enclosure.constructed();
    states.add(state);
    for (Step step : scripted.steps()) {
      state = enclosure.step(state, step).after();
      states.add(state);
    }
    return states;
  }

  private void judge(
      Comparison compared, List<BoundedState> bounds, Trace run, Optional<Trace> shown) {
    for (int k = Place.CONSTRUCTION; k < run.steps().size(); k++) {
      if (k == Place.CONSTRUCTION && scripted.isItsOwn(run.constructed())) {
        continue;
      }
      int next = k + 1;
      Optional<State> expected =
          shown.filter(other -> next <= other.steps().size()).map(other -> other.before(next));
      compared.legal(k, bounds.get(next), expected, run.before(next));
    }
  }
}
