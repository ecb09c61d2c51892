package dev.alig.conformance.judge;

import dev.alig.conformance.Arithmetic;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.bounds.BoundedStep;
import dev.alig.conformance.bounds.Enclosure;
import dev.alig.conformance.judge.Comparison.Side;

/**
 * Measures subject and oracle, each by itself, against the step in real arithmetic.
 *
 * <p>First step by step: from the state that the subject had before a step, both must come within
 * the bounds of the answer. Then from the start to the end: the bounds are carried through the
 * steps, and what either made of the whole case must lie within them.
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

  /** Judges step {@code k} of the subject, and of the oracle from the same state. */
  void judgeStep(int k, Enclosure ofSubject, Enclosure ofOracle, Trace oracle) {
    Step step = scripted.steps().get(k);
    BoundedState before = BoundedState.of(actual.before(k));
    BoundedStep bounds = ofSubject.step(before, step);
    TracedStep taken = actual.steps().get(k);
    for (TracedStep own : oracle.steps()) {
      BoundedStep ownBounds = ofSubject == ofOracle ? bounds : ofOracle.step(before, step);
      comparison.legal(Side.ORACLE, k, ownBounds.after(), own.after(), own.after());
    }
    TracedStep shown = oracle.steps().isEmpty() ? taken : oracle.steps().get(0);
    comparison.legal(Side.SUBJECT, k, bounds.after(), shown.after(), taken.after());
  }

  /** Judges what a side made of the whole case. */
  void judgeRun(Side side, Arithmetic arithmetic, Trace run) {
    Enclosure enclosure = new Enclosure(scripted, arithmetic);
    BoundedState state = enclosure.constructed();
    comparison.legal(side, -1, state, run.constructed(), run.constructed());
    for (int k = 0; k < run.steps().size(); k++) {
      state = enclosure.step(state, scripted.steps().get(k)).after();
      comparison.legal(side, k, state, run.steps().get(k).after(), run.steps().get(k).after());
    }
  }
}
