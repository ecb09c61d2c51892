package dev.alig.conformance.judge;

import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares a subject with a recorded trace, each step from the recorded state before it.
 *
 * <p>The recorded and the subject's step size must both be legal. Then the recorded step sizes are
 * prescribed: a trace of {@code alig.th} must be met bit for bit, the projection aside; a trace of
 * {@code alig.tf}, whose kernels round each product and flush denormals to zero, within {@link
 * UnfusedBounds}.
 */
public final class Replay {
  private Replay() {}

  /** Replays a trace with a subject. */
  public static Verdict compare(Recorded recorded, Implementation subject) {
    Optional<String> why = subject.inapplicable(recorded.scripted());
    if (why.isPresent()) {
      return new Verdict.Inapplicable(why.get());
    }
    Scripted scripted = recorded.scripted();
    String name = recorded.origin().label() + " (recorded)";
    Comparison comparison = new Comparison(scripted.id(), scripted.dtype(), name, subject.name());
    try {
      replay(comparison, recorded, subject);
    } catch (RuntimeException e) {
      return new Verdict.Broken(subject.name() + " failed to run the trace", e);
    }
    Optional<Verdict> differs = comparison.first().map(Verdict.Differs::new);
    return differs.orElseGet(() -> new Verdict.Agrees(comparison.count(), comparison.worst()));
  }

  private static void replay(Comparison comparison, Recorded recorded, Implementation subject) {
    Scripted scripted = recorded.scripted();
    List<Scripted> steps = new ArrayList<>();
    for (int k = 0; k < recorded.trace().steps().size(); k++) {
      steps.add(
          scripted.continuedFrom(recorded.trace().before(k), List.of(scripted.steps().get(k))));
    }
    List<Trace> natural = subject.runAll(steps);
    for (int k = 0; k < steps.size(); k++) {
      TracedStep expected = recorded.trace().steps().get(k);
      replayStepSize(comparison, recorded.origin(), steps.get(k), k, expected, natural.get(k));
      replayUpdate(comparison, recorded.origin(), steps.get(k), k, expected, subject);
    }
  }

  private static void replayStepSize(
      Comparison comparison,
      Origin origin,
      Scripted one,
      int k,
      TracedStep expected,
      Trace natural) {
    Step step = one.steps().get(0);
    Legal legal = StepSizeBounds.of(one, step);
    String where = "step %d, unclipped step size".formatted(k);
    if (origin == Origin.TH) {
      comparison.legal(
          where + " of the trace", legal, step.loss(), legal.centre(), expected.unclipped());
    } else {
      Group group = one.groups().get(0);
      Legal clipped =
          legal.flushed(step.loss(), one.dtype()).clipped(group.maxLearningRate(), one.dtype());
      // Clipping a zero of either sign at zero gives either.
      double sign = expected.unclipped();
      comparison.legal(
          where + " of the trace", clipped, sign, clipped.centre(), expected.unclipped());
    }
    if (!natural.steps().isEmpty()) {
      TracedStep actual = natural.steps().get(0);
      comparison.legal(where, legal, step.loss(), expected.unclipped(), actual.unclipped());
    }
  }

  private static void replayUpdate(
      Comparison comparison,
      Origin origin,
      Scripted one,
      int k,
      TracedStep expected,
      Implementation subject) {
    Scripted unprojected = one.unprojected();
    List<List<Double>> given = List.of(expected.stepSizes());
    Trace actual =
        subject
            .runGiven(unprojected, given)
            .or(() -> new ExactOracle().runGiven(unprojected, given))
            .orElseThrow();
    State found = actual.steps().get(0).after();
    State wanted = expected.after();
    String where = "step %d".formatted(k);
    if (origin == Origin.TF) {
      State before = one.resumed().orElseThrow();
      UnfusedBounds.compare(comparison, where, unprojected, before, expected, found);
      return;
    }
    String because = "0 ulp, given the step size";
    comparison.sameBuffers(where, wanted.buffers(), found.buffers(), because);
    if (one.radius().isEmpty()) {
      comparison.same(where, wanted.parameters(), found.parameters(), because);
    } else {
      List<List<Tensor>> recorded = wanted.parameters();
      new Projection(one.dtype(), one.radius().getAsDouble())
          .check(comparison, where + " of the trace", found.parameters(), recorded);
      replayProjection(comparison, one, where, given, found, subject);
    }
  }

  private static void replayProjection(
      Comparison comparison,
      Scripted one,
      String where,
      List<List<Double>> given,
      State unprojected,
      Implementation subject) {
    Optional<Trace> projected = subject.runGiven(one, given);
    if (projected.isPresent()) {
      List<List<Tensor>> after = projected.get().steps().get(0).after().parameters();
      new Projection(one.dtype(), one.radius().getAsDouble())
          .check(comparison, where, unprojected.parameters(), after);
    }
  }
}
