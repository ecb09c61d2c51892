package dev.alig.conformance.judge;

import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Place;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.bounds.Ball;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.bounds.BoundedStep;
import dev.alig.conformance.bounds.Enclosure;
import dev.alig.conformance.judge.Comparison.Side;
import dev.alig.conformance.judge.Prescription.Answer;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.oracle.OracleException;
import java.util.List;
import java.util.stream.IntStream;

/** The judgement of one case. */
final class OneCase {
  private final Implementation oracle;
  private final Comparison comparison;
  private final Scripted scripted;
  private final Trace actual;
  private final Algorithm algorithm;
  private final OracleRun run;
  private final Enclosure ofSubject;
  private final Enclosure ofOracle;
  private final Prescription prescription;

  OneCase(
      Implementation oracle,
      Comparison comparison,
      Scripted scripted,
      Trace actual,
      Algorithm algorithm,
      OracleRun run) {
    this.oracle = oracle;
    this.comparison = comparison;
    this.scripted = scripted;
    this.actual = actual;
    this.algorithm = algorithm;
    this.run = run;
    this.ofSubject = new Enclosure(scripted, algorithm);
    this.ofOracle =
        oracle.algorithm() == algorithm ? ofSubject : new Enclosure(scripted, oracle.algorithm());
    this.prescription = new Prescription(scripted, actual);
  }

  void judge() {
    requireReason(run.whole(), run.whole().steps().size());
    judgeConstruction();
    RealAnswers real = new RealAnswers(comparison, scripted, actual);
    for (int k = 0; k < scripted.steps().size(); k++) {
      judgeStep(k, real);
    }
    judgeUpdates();
    comparison.askWhole();
    real.judgeRuns(ofSubject, ofOracle, run.whole());
  }

  private void judgeConstruction() {
    State expected = run.whole().constructed();
    State found = actual.constructed();
    int at = Place.CONSTRUCTION;
    comparison.sameBuffers(
        at, expected.buffers(), found.buffers(), "nothing: buffers start as zeros");
    if (scripted.resumed().isPresent() || scripted.radius().isEmpty()) {
      comparison.sameParameters(
          Side.SUBJECT, at, expected.parameters(), found.parameters(), "nothing: no arithmetic");
      return;
    }
    List<List<Tensor>> initial = scripted.groups().stream().map(Group::parameters).toList();
    Projection projection = new Projection(comparison, scripted.dtype());
    projection.check(Side.ORACLE, at, ball(ofOracle, initial), initial, expected.parameters());
    projection.check(Side.SUBJECT, at, ball(ofSubject, initial), initial, found.parameters());
  }

  private Ball ball(Enclosure enclosure, List<List<Tensor>> parameters) {
    return enclosure.ball(parameters, scripted.radius().orElseThrow());
  }

  /** Step sizes and states of the oracle and of the subject, each from the state that it had. */
  private void judgeStep(int k, RealAnswers real) {
    BoundedStep bounds = real.bounds(actual, k, ofSubject);
    if (k < run.whole().steps().size()) {
      TracedStep own = run.whole().steps().get(k);
      boolean same = ofSubject == ofOracle && run.coincides(k);
      comparison.askOne(scripted.oneStep(run.whole(), k), k);
      judgeOracleStepSizes(k, own);
      real.judgeOracle(k, same ? bounds : real.bounds(run.whole(), k, ofOracle), own);
    }
    TracedStep shown = run.shown(k);
    comparison.askOne(scripted.oneStep(actual, k), k);
    new StepSizes(comparison, scripted, algorithm)
        .judge(Side.SUBJECT, k, unclipped(ofSubject, k), shown.unclipped(), actual.steps().get(k));
    real.judgeSubject(k, bounds, shown);
  }

  private void judgeOracleStepSizes(int k, TracedStep own) {
    Bounded legal = unclipped(ofOracle, k);
    double shown = legal.exact().map(exact -> exact.toDouble()).orElse(legal.low());
    new StepSizes(comparison, scripted, oracle.algorithm())
        .judge(Side.ORACLE, k, legal, shown, own);
  }

  private Bounded unclipped(Enclosure enclosure, int k) {
    return enclosure.unclipped(scripted.steps().get(k));
  }

  private void judgeUpdates() {
    boolean bits = algorithm.isBitwise() && algorithm == oracle.algorithm();
    List<Answer> answers = bits || run.isShown() ? prescription.ask(oracle, run) : List.of();
    for (int k = 0; k < scripted.steps().size(); k++) {
      if (bits) {
        judgeBits(k, answers.get(k));
      } else {
        comparison.askOne(
            answers.isEmpty() ? scripted.oneStep(actual, k) : answers.get(k).asked(), k);
        judgeWithin(k, answers.isEmpty() ? run.shown(k).after() : movedByOracle(k, answers.get(k)));
      }
    }
    judgeOwnProjections();
  }

  /** An oracle may refuse step {@code k} for the reasons that are known only. */
  private void requireReason(Trace answer, int k) {
    if (prescription.raisedWithoutReason(answer, k)) {
      throw new OracleException("step %d raised %s".formatted(k, answer.raised().orElse("")));
    }
  }

  /** The same arithmetic as the oracle's: given the step sizes, the same bits. */
  private void judgeBits(int k, Answer answer) {
    comparison.askOne(answer.asked(), k);
    requireReason(answer.trace(), k);
    if (prescription.isDeaf(answer.trace(), k, ofOracle)) {
      comparison.differ(
          "step %d, step sizes of the oracle".formatted(k),
          answer.trace().steps().get(0).stepSizes().toString(),
          actual.steps().get(k).stepSizes().toString(),
          "nothing: an infinite loss leaves the caps, which are the subject's step sizes");
      return;
    }
    State moved = movedByOracle(k, answer);
    State found = actual.steps().get(k).after();
    String because = "0 ulp, given the step size";
    comparison.sameBuffers(k, moved.buffers(), found.buffers(), because);
    if (scripted.radius().isEmpty()) {
      comparison.sameParameters(Side.SUBJECT, k, moved.parameters(), found.parameters(), because);
    } else {
      Ball ball = ball(ofSubject, moved.parameters());
      new Projection(comparison, scripted.dtype())
          .check(Side.SUBJECT, k, ball, moved.parameters(), found.parameters());
    }
  }

  /** Another arithmetic than the oracle's: its own bounds hold, given the step sizes. */
  private void judgeWithin(int k, State moved) {
    State found = actual.steps().get(k).after();
    comparison.buffersWhereExpected(k, run.whole().constructed().buffers(), found.buffers());
    List<Bounded> given = actual.steps().get(k).stepSizes().stream().map(Bounded::of).toList();
    BoundedState bounds =
        ofSubject.given(BoundedState.of(actual.before(k)), scripted.steps().get(k), given);
    comparison.legal(Side.SUBJECT, k, bounds, moved, found);
  }

  /**
   * The oracle's state after the update with the subject's step sizes.
   *
   * <p>Where the oracle refuses the step, or its denominator overflows and the subject's does not,
   * so that an infinite loss does not reach the caps, exact arithmetic answers in its place.
   */
  private State movedByOracle(int k, Answer answer) {
    TracedStep found = actual.steps().get(k);
    Trace trace = answer.trace();
    if (!trace.steps().isEmpty() && prescription.hasStepSizes(trace, k)) {
      return trace.steps().get(0).after();
    }
    if (!(algorithm instanceof AliG)) {
      // Exact arithmetic knows ALI-G alone; what another oracle refuses is not compared.
      return found.after();
    }
    List<List<Double>> given = List.of(found.stepSizes());
    Scripted alone = scripted.unprojected().oneStep(actual, k);
    return new ExactOracle().runGiven(alone, given).orElseThrow().steps().get(0).after();
  }

  /** The oracle's own projections must be legal as well, from its own updates. */
  private void judgeOwnProjections() {
    List<TracedStep> own = run.whole().steps();
    if (scripted.radius().isEmpty() || own.isEmpty()) {
      return;
    }
    List<Scripted> unprojected =
        IntStream.range(0, own.size())
            .mapToObj(k -> scripted.unprojected().oneStep(run.whole(), k))
            .toList();
    List<Trace> updates = oracle.runAll(unprojected);
    for (int k = 0; k < own.size(); k++) {
      comparison.askOne(scripted.oneStep(run.whole(), k), k);
      judgeOwnProjection(k, own.get(k), updates.get(k));
    }
  }

  private void judgeOwnProjection(int k, TracedStep own, Trace unprojected) {
    for (TracedStep update : unprojected.steps()) {
      if (update.stepSizes().equals(own.stepSizes())) {
        List<List<Tensor>> before = update.after().parameters();
        Ball ball = ball(ofOracle, before);
        new Projection(comparison, scripted.dtype())
            .check(Side.ORACLE, k, ball, before, own.after().parameters());
      }
    }
  }
}
