package dev.alig.conformance.judge;

import dev.alig.conformance.Place;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.bounds.BoundedStep;
import dev.alig.conformance.bounds.Enclosure;
import dev.alig.conformance.judge.Comparison.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures subject and oracle, each by itself, against the step in real arithmetic.
 *
 * <p>First step by step: from the state that either had before a step, it must come within the
 * bounds of the answer. Then from the start to the end: the bounds are carried through the steps,
 * and what either made of the whole case must lie within them.
 */
final class RealAnswers {
  private final Comparison comparison;
  private final Scripted scripted;
  private final Trace actual;

  RealAnswers(Comparison comparison, Scripted scripted, Trace actual) {
    this.comparison = comparison;
    this.scripted = scripted;
    this.actual = actual;
  }

  /** The bounds of step {@code k} from the state that a run had before it. */
  BoundedStep bounds(Trace run, int k, Enclosure enclosure) {
    return enclosure.step(BoundedState.of(run.before(k)), scripted.steps().get(k));
  }

  /** Judges step {@code k} of the oracle, from the state that it had itself. */
  void judgeOracle(int k, BoundedStep bounds, TracedStep own) {
    comparison.legal(Side.ORACLE, k, bounds.after(), own.after(), own.after());
  }

  /** Judges step {@code k} of the subject, from the state that it had itself. */
  void judgeSubject(int k, BoundedStep bounds, TracedStep shown) {
    State after = actual.steps().get(k).after();
    comparison.legal(Side.SUBJECT, k, bounds.after(), shown.after(), after);
  }

  /** Judges what the oracle and the subject made of the whole case. */
  void judgeRuns(Enclosure ofSubject, Enclosure ofOracle, Trace oracle) {
    if (scripted.steps().size() == 1 && scripted.radius().isEmpty()) {
      // The one step was judged from the state that the case begins with.
      return;
    }
    List<BoundedState> bounds = states(ofSubject);
    judgeRun(Side.ORACLE, ofSubject == ofOracle ? bounds : states(ofOracle), oracle, oracle);
    judgeRun(Side.SUBJECT, bounds, actual, oracle);
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

  private void judgeRun(Side side, List<BoundedState> bounds, Trace run, Trace shown) {
    for (int k = Place.CONSTRUCTION; k < run.steps().size(); k++) {
      State after = run.before(k + 1);
      State expected = k < shown.steps().size() ? shown.before(k + 1) : after;
      comparison.legal(side, k, bounds.get(k + 1), expected, after);
    }
  }
}
