package dev.alig.conformance.judge;

import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Place;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.bounds.Ball;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.bounds.Enclosure;
import dev.alig.conformance.judge.Comparison.Side;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.oracle.OracleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares a subject with an oracle, step by step.
 *
 * <p>Before every step the oracle is put into the subject's state, so that each step is judged on
 * its own. Four things are asked:
 *
 * <ol>
 *   <li>Both unclipped step sizes lie within the rounding errors of loss / (Σ‖g‖² + eps); the step
 *       size of a group is the smaller of that and its cap, exactly ({@link StepSizes}).
 *   <li>Subject and oracle, each by itself, come within the bounds of the step in real arithmetic;
 *       and of the whole case, the bounds carried through all of its steps ({@link RealAnswers}).
 *   <li>Given the subject's step sizes, the oracle's parameters and buffers are the subject's bit
 *       for bit, the projection aside ({@link Prescription}); a subject of another {@link
 *       Algorithm} must come within its bounds.
 *   <li>The projection scales by one legal factor, each element rounded once ({@link Projection}).
 * </ol>
 */
public final class Judge {
  private final Implementation oracle;

  /** A judge that asks {@code oracle}. */
  public Judge(Implementation oracle) {
    this.oracle = oracle;
  }

  /** Runs the subject on a case and compares it with the oracle. */
  public Verdict compare(Scripted scripted, Implementation subject) {
    Optional<String> why = subject.inapplicable(scripted).or(() -> oracle.inapplicable(scripted));
    if (why.isPresent()) {
      return new Verdict.Inapplicable(why.get());
    }
    Trace actual;
    try {
      actual = subject.run(scripted);
    } catch (RuntimeException e) {
      return new Verdict.Broken(subject.name() + " failed to run the case", e);
    }
    return compare(scripted, actual, subject.name(), subject.algorithm());
  }

  /** Compares what a subject did with the oracle. */
  public Verdict compare(Scripted scripted, Trace actual, String subject, Algorithm algorithm) {
    Comparison comparison = new Comparison(scripted, oracle.name(), subject);
    if (actual.raised().isPresent() || actual.steps().size() != scripted.steps().size()) {
      comparison.differ(
          "step " + actual.steps().size(),
          "a step",
          actual.raised().orElse("no step"),
          "the subject must take every step");
      return comparison.verdict();
    }
    try {
      new OneCase(oracle, comparison, scripted, actual, algorithm).judge();
    } catch (RuntimeException e) {
      return new Verdict.Broken(oracle.name() + " failed to run the case", e);
    }
    return comparison.verdict();
  }

  /** The judgement of one case. */
  private static final class OneCase {
    private final Implementation oracle;
    private final Comparison comparison;
    private final Scripted scripted;
    private final Trace actual;
    private final Algorithm algorithm;
    private final Enclosure ofSubject;
    private final Enclosure ofOracle;
    private final Prescription prescription;

    OneCase(
        Implementation oracle,
        Comparison comparison,
        Scripted scripted,
        Trace actual,
        Algorithm algorithm) {
      this.oracle = oracle;
      this.comparison = comparison;
      this.scripted = scripted;
      this.actual = actual;
      this.algorithm = algorithm;
      this.ofSubject = new Enclosure(scripted, algorithm);
      this.ofOracle =
          oracle.algorithm() == algorithm ? ofSubject : new Enclosure(scripted, oracle.algorithm());
      this.prescription = new Prescription(scripted, actual);
    }

    void judge() {
      NaturalRuns runs = NaturalRuns.of(oracle, scripted, actual);
      List<Trace> natural = runs.steps();
      Trace wholeRun = runs.whole();
      requireReason(wholeRun, wholeRun.steps().size());
      judgeConstruction(wholeRun);
      RealAnswers real = new RealAnswers(comparison, scripted, actual);
      for (int k = 0; k < scripted.steps().size(); k++) {
        comparison.askOne(oneStep(k), k);
        judgeStepSizes(k, natural.get(k));
        real.judgeStep(k, ofSubject, ofOracle, natural.get(k));
      }
      judgeUpdates(natural);
      comparison.askWhole();
      real.judgeRuns(ofSubject, ofOracle, wholeRun);
    }

    private Scripted oneStep(int k) {
      return NaturalRuns.oneStep(scripted, actual, k);
    }

    private void judgeConstruction(Trace wholeRun) {
      State expected = wholeRun.constructed();
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

    private void judgeStepSizes(int k, Trace natural) {
      StepSizes ofSubjectSizes = new StepSizes(comparison, scripted, algorithm);
      StepSizes ofOracleSizes = new StepSizes(comparison, scripted, oracle.algorithm());
      Bounded legal = ofSubject.unclipped(scripted.steps().get(k));
      double shown = legal.exact().map(exact -> exact.toDouble()).orElse(legal.low());
      for (TracedStep own : natural.steps()) {
        ofOracleSizes.judge(
            Side.ORACLE, k, ofOracle.unclipped(scripted.steps().get(k)), shown, own);
        shown = own.unclipped();
      }
      ofSubjectSizes.judge(Side.SUBJECT, k, legal, shown, actual.steps().get(k));
    }

    private void judgeUpdates(List<Trace> natural) {
      List<Scripted> prescribed = new ArrayList<>();
      List<Integer> asked = new ArrayList<>();
      for (int k = 0; k < scripted.steps().size(); k++) {
        if (!prescription.isAnsweredBy(natural.get(k), k)) {
          asked.add(k);
          prescribed.add(prescription.of(natural.get(k), k));
        }
      }
      List<Trace> answers = prescribed.isEmpty() ? List.of() : oracle.runAll(prescribed);
      for (int k = 0; k < scripted.steps().size(); k++) {
        int position = asked.indexOf(k);
        comparison.askOne(position < 0 ? oneStep(k) : prescribed.get(position), k);
        Trace answer = position < 0 ? natural.get(k) : answers.get(position);
        judgeUpdate(k, natural.get(k), answer);
      }
    }

    /** An oracle may refuse step {@code k} for the reasons that are known only. */
    private void requireReason(Trace answer, int k) {
      if (prescription.raisedWithoutReason(answer, k)) {
        throw new OracleException("step %d raised %s".formatted(k, answer.raised().orElse("")));
      }
    }

    private void judgeUpdate(int k, Trace natural, Trace answer) {
      requireReason(answer, k);
      if (prescription.isDeaf(answer, k, ofOracle)) {
        comparison.differ(
            "step %d, step sizes of the oracle".formatted(k),
            answer.steps().get(0).stepSizes().toString(),
            actual.steps().get(k).stepSizes().toString(),
            "nothing: an infinite loss leaves the caps, which are the subject's step sizes");
        return;
      }
      State moved = movedByOracle(k, answer);
      if (algorithm.isBitwise() && algorithm == oracle.algorithm()) {
        judgeBits(k, moved);
      } else {
        judgeWithin(k, moved);
      }
      if (scripted.radius().isPresent()) {
        judgeOwnProjection(k, natural, answer);
      }
    }

    private void judgeBits(int k, State moved) {
      State found = actual.steps().get(k).after();
      String because = "0 ulp, given the step size";
      comparison.sameBuffers(k, moved.buffers(), found.buffers(), because);
      if (scripted.radius().isEmpty()) {
        comparison.sameParameters(Side.SUBJECT, k, moved.parameters(), found.parameters(), because);
      } else {
        new Projection(comparison, scripted.dtype())
            .check(
                Side.SUBJECT,
                k,
                ball(ofSubject, moved.parameters()),
                moved.parameters(),
                found.parameters());
      }
    }

    /** Another arithmetic than the oracle's: its own bounds hold, given the step sizes. */
    private void judgeWithin(int k, State moved) {
      State found = actual.steps().get(k).after();
      comparison.buffersWhereExpected(k, moved.buffers(), found.buffers());
      List<Bounded> given = actual.steps().get(k).stepSizes().stream().map(Bounded::of).toList();
      BoundedState bounds =
          ofSubject.given(BoundedState.of(actual.before(k)), scripted.steps().get(k), given);
      comparison.legal(Side.SUBJECT, k, bounds, moved, found);
    }

    /**
     * The oracle's state after the update with the subject's step sizes.
     *
     * <p>Where the oracle refuses the step, or its denominator overflows and the subject's does
     * not, so that an infinite loss does not reach the caps, exact arithmetic answers in its place.
     */
    private State movedByOracle(int k, Trace answer) {
      TracedStep found = actual.steps().get(k);
      if (!answer.steps().isEmpty() && prescription.hasStepSizes(answer, k)) {
        return answer.steps().get(0).after();
      }
      if (!(algorithm instanceof AliG)) {
        // Exact arithmetic knows ALI-G alone; what another oracle refuses is not compared.
        return found.after();
      }
      Scripted alone =
          scripted.unprojected().continuedFrom(actual.before(k), List.of(scripted.steps().get(k)));
      List<List<Double>> given = List.of(found.stepSizes());
      return new ExactOracle().runGiven(alone, given).orElseThrow().steps().get(0).after();
    }

    /** The oracle's own projection, where it took the same step, must be legal as well. */
    private void judgeOwnProjection(int k, Trace natural, Trace unprojected) {
      if (natural.steps().isEmpty()
          || unprojected.steps().isEmpty()
          || !natural.steps().get(0).stepSizes().equals(unprojected.steps().get(0).stepSizes())) {
        return;
      }
      List<List<Tensor>> before = unprojected.steps().get(0).after().parameters();
      new Projection(comparison, scripted.dtype())
          .check(
              Side.ORACLE,
              k,
              ball(ofOracle, before),
              before,
              natural.steps().get(0).after().parameters());
    }
  }
}
