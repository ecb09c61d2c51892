package dev.alig.conformance.judge;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.bounds.Ball;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.bounds.BoundedStep;
import dev.alig.conformance.bounds.Enclosure;
import dev.alig.conformance.judge.Comparison.Side;
import dev.alig.conformance.judge.OracleReplay.Answer;
import dev.alig.conformance.model.Place;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.oracle.OracleException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Judges one case; see {@link Judge}. */
final class CaseJudge {
  private final Implementation oracle;
  private final Comparison comparison;
  private final StepCase scripted;
  private final Trace actual;
  private final Algorithm algorithm;
  private final boolean hasMean;
  private final OracleRun run;
  private final Enclosure ofSubject;
  private final Enclosure ofOracle;
  private final OracleReplay replay;

  CaseJudge(Implementation oracle, Comparison comparison, SubjectRun subject, OracleRun run) {
    this.oracle = oracle;
    this.comparison = comparison;
    this.scripted = subject.scripted();
    this.actual = subject.trace();
    this.algorithm = subject.algorithm();
    this.hasMean = subject.hasMean();
    this.run = run;
    this.ofSubject = new Enclosure(scripted, algorithm);
    this.ofOracle =
        oracle.algorithm() == algorithm ? ofSubject : new Enclosure(scripted, oracle.algorithm());
    this.replay = new OracleReplay(scripted, actual);
  }

  void judge() {
    requireReason(run.whole(), run.whole().steps().size());
    judgeConstruction();
    for (int k = 0; k < scripted.steps().size(); k++) {
      judgeStep(k);
    }
    judgeUpdates();
    new WholeRuns(comparison, scripted).judge(actual, run.whole(), ofSubject, ofOracle);
  }

  private void judgeConstruction() {
    State expected = run.whole().constructed();
    State found = actual.constructed();
    int at = Place.CONSTRUCTION;
    if (scripted.isItsOwn(expected) || scripted.isItsOwn(found)) {
      judgeLoading(expected, found);
      return;
    }
    comparison.sameBuffers(
        at, expected.buffers(), found.buffers(), "nothing: buffers start as zeros");
    if (scripted.resumed().isPresent() || scripted.radius().isEmpty()) {
      comparison.sameParameters(
          at, expected.parameters(), found.parameters(), "nothing: no arithmetic");
      return;
    }
    List<List<Tensor>> initial = scripted.parameters();
    projection(comparison.of(Side.ORACLE), ofOracle, initial)
        .check(at, initial, expected.parameters());
    projection(comparison, ofSubject, initial).check(at, initial, found.parameters());
  }

  /** One of the two reports the given state without having read it, so the other is judged. */
  private void judgeLoading(State expected, State found) {
    State given = scripted.resumed().orElseThrow();
    int at = Place.CONSTRUCTION;
    if (!scripted.isItsOwn(expected)) {
      comparison.of(Side.ORACLE).sameState(at, given, expected, "nothing: loaded");
    }
    if (!scripted.isItsOwn(found)) {
      comparison.sameState(at, given, found, "nothing: loaded");
    }
  }

  private Projection projection(
      Comparison compared, Enclosure enclosure, List<List<Tensor>> before) {
    Ball ball = enclosure.ball(before, scripted.radius().orElseThrow());
    return new Projection(compared, ball);
  }

  /** Step sizes and states of the oracle and of the subject, each from the state that it had. */
  private void judgeStep(int k) {
    BoundedStep bounds = bounds(actual, k, ofSubject);
    if (k < run.whole().steps().size()) {
      TracedStep own = run.whole().steps().get(k);
      boolean same = ofSubject == ofOracle && run.coincides(k);
      Comparison compared = comparison.of(Side.ORACLE).asking(scripted.oneStep(run.whole(), k), k);
      new StepSizes(compared, scripted, oracle.algorithm(), true)
          .judge(k, unclipped(ofOracle, k), Optional.empty(), own);
      BoundedStep ofOwn = same ? bounds : bounds(run.whole(), k, ofOracle);
      compared.legal(k, ofOwn.after(), Optional.empty(), own.after());
    }
    TracedStep taken = actual.steps().get(k);
    Optional<TracedStep> shown = run.shown(k);
    Comparison compared = comparison.asking(scripted.oneStep(actual, k), k);
    new StepSizes(compared, scripted, algorithm, hasMean)
        .judge(k, unclipped(ofSubject, k), shown.map(TracedStep::unclipped), taken);
    compared.legal(k, bounds.after(), shown.map(TracedStep::after), taken.after());
  }

  /** The bounds of step {@code k} from the state that a run had before it. */
  private BoundedStep bounds(Trace of, int k, Enclosure enclosure) {
    return enclosure.step(BoundedState.of(of.before(k)), scripted.steps().get(k));
  }

  private Bounded unclipped(Enclosure enclosure, int k) {
    return enclosure.unclipped(scripted.steps().get(k));
  }

  private void judgeUpdates() {
    boolean exact = answersExactly();
    boolean bits = exact || (algorithm.isBitwise() && algorithm == oracle.algorithm());
    List<Answer> answers = List.of();
    if (exact) {
      ExactOracle fusing = new ExactOracle();
      answers = replay.ask(fusing, OracleRun.of(fusing, scripted, actual));
    } else if (bits || run.isShown()) {
      answers = replay.ask(oracle, run);
    }
    for (int k = 0; k < scripted.steps().size(); k++) {
      if (bits) {
        judgeBits(k, answers.get(k));
      } else if (answers.isEmpty()) {
        judgeWithin(k, scripted.oneStep(actual, k), run.shown(k).map(TracedStep::after));
      } else {
        judgeWithin(k, answers.get(k).asked(), movedByOracle(k, answers.get(k)));
      }
    }
    judgeOwnProjections();
  }

  /** Exact arithmetic fuses. So it answers for the updates if the oracle's kernels do not fuse. */
  private boolean answersExactly() {
    return algorithm == AliG.TORCH && oracle.algorithm() == AliG.UNFUSED;
  }

  /** An oracle may refuse step {@code k} for known reasons only. */
  private void requireReason(Trace answer, int k) {
    if (replay.raisedWithoutReason(answer, k)) {
      throw new OracleException("step %d raised %s".formatted(k, answer.raised().orElse("")));
    }
  }

  /** The same arithmetic as the oracle's: given the step sizes, the same bits. */
  private void judgeBits(int k, Answer answer) {
    Comparison compared = comparison.asking(answer.asked(), k);
    if (!answer.isRefusedCap()) {
      requireReason(answer.trace(), k);
    }
    if (replay.ignoresStepSizes(answer.trace(), k, ofOracle)) {
      compared
          .results()
          .differ(
              "step %d, step sizes of the oracle".formatted(k),
              answer.trace().steps().get(0).stepSizes().toString(),
              actual.steps().get(k).stepSizes().toString(),
              "nothing: an infinite loss leaves the caps, which are the subject's step sizes");
      return;
    }
    Optional<State> answered = movedByOracle(k, answer);
    if (answered.isEmpty()) {
      compared
          .results()
          .unanswered(
              "%s refuses step %d, and exact arithmetic knows ALI-G alone: %s"
                  .formatted(oracle.name(), k, answer.trace().raised().orElse("no step")));
      return;
    }
    State moved = answered.get();
    State found = actual.steps().get(k).after();
    String because =
        answersExactly()
            ? "0 ulp of exact arithmetic, given the step size: the oracle's kernels do not fuse"
            : "0 ulp, given the step size";
    compared.sameBuffers(k, moved.buffers(), found.buffers(), because);
    if (scripted.radius().isEmpty()) {
      compared.sameParameters(k, moved.parameters(), found.parameters(), because);
    } else {
      projection(compared, ofSubject, moved.parameters())
          .check(k, moved.parameters(), found.parameters());
    }
  }

  /** Another arithmetic than the oracle's: its own bounds hold, given the step sizes. */
  private void judgeWithin(int k, StepCase asked, Optional<State> moved) {
    Comparison compared = comparison.asking(asked, k);
    TracedStep taken = actual.steps().get(k);
    compared.buffersWhereExpected(k, run.whole().constructed().buffers(), taken.after().buffers());
    List<Bounded> given = taken.stepSizes().stream().map(Bounded::of).toList();
    BoundedState bounds =
        ofSubject.given(BoundedState.of(actual.before(k)), scripted.steps().get(k), given);
    compared.legal(k, bounds, moved, taken.after());
  }

  /**
   * The oracle's state after the update with the subject's step sizes.
   *
   * <p>Exact arithmetic answers for an oracle that refuses the step, or whose denominator overflows
   * where the subject's does not, so that an infinite loss does not reach the caps. Exact
   * arithmetic knows ALI-G alone, and fuses; for another algorithm nobody answers.
   */
  private Optional<State> movedByOracle(int k, Answer answer) {
    Trace trace = answer.trace();
    if (!trace.steps().isEmpty() && replay.hasStepSizes(trace, k)) {
      return Optional.of(trace.steps().get(0).after());
    }
    if (!(algorithm instanceof AliG) || algorithm == AliG.UNFUSED) {
      return Optional.empty();
    }
    List<List<Double>> given = List.of(actual.steps().get(k).stepSizes());
    StepCase alone = scripted.unprojected().oneStep(actual, k);
    return new ExactOracle().runGiven(alone, given).map(moved -> moved.steps().get(0).after());
  }

  /** The oracle's own projections must be legal as well, from its own updates. */
  private void judgeOwnProjections() {
    List<TracedStep> own = run.whole().steps();
    if (scripted.radius().isEmpty() || own.isEmpty()) {
      return;
    }
    List<StepCase> unprojected =
        IntStream.range(0, own.size())
            .mapToObj(k -> scripted.unprojected().oneStep(run.whole(), k))
            .toList();
    List<Trace> updates = oracle.runAll(unprojected);
    for (int k = 0; k < own.size(); k++) {
      judgeOwnProjection(k, own.get(k), updates.get(k));
    }
  }

  private void judgeOwnProjection(int k, TracedStep own, Trace unprojected) {
    Comparison compared = comparison.of(Side.ORACLE).asking(scripted.oneStep(run.whole(), k), k);
    for (TracedStep update : unprojected.steps()) {
      if (update.stepSizes().equals(own.stepSizes())) {
        List<List<Tensor>> before = update.after().parameters();
        projection(compared, ofOracle, before).check(k, before, own.after().parameters());
      }
    }
  }
}
