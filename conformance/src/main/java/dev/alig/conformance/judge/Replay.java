package dev.alig.conformance.judge;

import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Place;
import dev.alig.conformance.Place.Quantity;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.bounds.Ball;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.bounds.Enclosure;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.judge.Comparison.Side;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares a subject with a recorded trace, each step from the recorded state before it.
 *
 * <p>The recorded and the subject's step size must both be legal. Then the recorded step sizes are
 * prescribed: a subject of the same bitwise {@link Algorithm} must meet the trace bit for bit, the
 * projection aside; else the recorded numbers and the subject's must each lie within the bounds of
 * their own arithmetic.
 */
public final class Replay {
  private final Recorded recorded;
  private final Implementation subject;
  private final Comparison comparison;
  private final Algorithm algorithm;

  private Replay(Recorded recorded, Implementation subject, Comparison comparison) {
    this.recorded = recorded;
    this.subject = subject;
    this.comparison = comparison;
    this.algorithm = recorded.origin() == Origin.TF ? AliG.TENSORFLOW : AliG.TORCH;
  }

  /** Replays a trace with a subject. */
  public static Verdict compare(Recorded recorded, Implementation subject) {
    Scripted scripted = recorded.scripted();
    Optional<String> why = subject.inapplicable(scripted);
    if (why.isPresent()) {
      return new Verdict.Inapplicable(why.get());
    }
    String name = recorded.origin().label() + " (recorded)";
    Comparison comparison = new Comparison(scripted, name, subject.name());
    try {
      new Replay(recorded, subject, comparison).replay();
    } catch (RuntimeException e) {
      return new Verdict.Broken(subject.name() + " failed to run the trace", e);
    }
    return comparison.verdict();
  }

  private void replay() {
    Scripted scripted = recorded.scripted();
    List<Scripted> steps = new ArrayList<>();
    for (int k = 0; k < recorded.trace().steps().size(); k++) {
      steps.add(scripted.oneStep(recorded.trace(), k));
    }
    List<Trace> natural = subject.runAll(steps);
    for (int k = 0; k < steps.size(); k++) {
      TracedStep expected = recorded.trace().steps().get(k);
      comparison.askOne(steps.get(k), k);
      replayStepSize(steps.get(k), k, expected, natural.get(k));
      replayUpdate(steps.get(k), k, expected);
    }
  }

  private void replayStepSize(Scripted one, int k, TracedStep expected, Trace natural) {
    Step step = one.steps().get(0);
    Place place = Place.of(k, Quantity.UNCLIPPED, 0);
    Bounded legal = new Enclosure(one, subject.algorithm()).unclipped(step);
    Bounded recordedLegal = new Enclosure(one, algorithm).unclipped(step);
    if (recorded.origin() == Origin.TF) {
      Group group = one.groups().get(0);
      recordedLegal = recordedLegal.clippedTo(group.maxLearningRate(), one.dtype());
    }
    comparison.legal(Side.ORACLE, place, recordedLegal, expected.unclipped(), expected.unclipped());
    double sign = one.dtype().round(step.loss());
    for (TracedStep taken : natural.steps()) {
      comparison.legal(Side.SUBJECT, place, legal, sign, expected.unclipped(), taken.unclipped());
      for (int g = 0; g < one.groups().size(); g++) {
        Bounded size = subject.algorithm().stepSize(legal, one.groups().get(g), one.dtype());
        double found = taken.stepSizes().get(g);
        Place group = Place.of(k, Quantity.STEP_SIZE, g);
        comparison.legal(Side.SUBJECT, group, size, expected.stepSizes().get(g), found);
      }
    }
  }

  private void replayUpdate(Scripted one, int k, TracedStep expected) {
    State found = moved(one.unprojected(), expected.stepSizes());
    if (!algorithm.isBitwise() || subject.algorithm() != algorithm) {
      replayWithin(one, k, expected, found);
      return;
    }
    State wanted = expected.after();
    String because = "0 ulp, given the step size";
    comparison.sameBuffers(k, wanted.buffers(), found.buffers(), because);
    if (one.radius().isEmpty()) {
      comparison.sameParameters(Side.SUBJECT, k, wanted.parameters(), found.parameters(), because);
    } else {
      Ball ball = ball(one, algorithm, found);
      projection(one)
          .check(Side.ORACLE, k, ball, found.parameters(), expected.after().parameters());
      replayProjection(one, k, expected, found);
    }
  }

  /** Either side within the bounds of its own operations, given the recorded step sizes. */
  private void replayWithin(Scripted one, int k, TracedStep expected, State found) {
    State wanted = expected.after();
    comparison.legal(Side.ORACLE, k, bounds(one, algorithm, expected), wanted, wanted);
    BoundedState ofSubject = bounds(one.unprojected(), subject.algorithm(), expected);
    comparison.legal(Side.SUBJECT, k, ofSubject, wanted, found);
    if (one.radius().isPresent()) {
      replayProjection(one, k, expected, found);
    }
  }

  private static BoundedState bounds(Scripted one, Algorithm operations, TracedStep expected) {
    List<Bounded> given = expected.stepSizes().stream().map(Bounded::of).toList();
    return new Enclosure(one, operations)
        .given(BoundedState.of(one.resumed().orElseThrow()), one.steps().get(0), given);
  }

  private State moved(Scripted one, List<Double> stepSizes) {
    List<List<Double>> given = List.of(stepSizes);
    return subject
        .runGiven(one, given)
        .or(() -> new ExactOracle().runGiven(one, given))
        .orElseThrow()
        .steps()
        .get(0)
        .after();
  }

  /** The subject's projection, if it can be given step sizes, starts from its own update. */
  private void replayProjection(Scripted one, int k, TracedStep expected, State moved) {
    Optional<Trace> projected = subject.runGiven(one, List.of(expected.stepSizes()));
    if (projected.isPresent()) {
      State after = projected.get().steps().get(0).after();
      Ball ball = ball(one, subject.algorithm(), moved);
      projection(one).check(Side.SUBJECT, k, ball, moved.parameters(), after.parameters());
    }
  }

  private Projection projection(Scripted one) {
    return new Projection(comparison, one.dtype());
  }

  private static Ball ball(Scripted one, Algorithm operations, State before) {
    double radius = one.radius().orElseThrow();
    return new Enclosure(one, operations).ball(before.parameters(), radius);
  }
}
