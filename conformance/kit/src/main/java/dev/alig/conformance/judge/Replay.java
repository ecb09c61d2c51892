package dev.alig.conformance.judge;

import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.SameBits;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.BoundedState;
import dev.alig.conformance.bounds.Enclosure;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.judge.Comparison.Side;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Place;
import dev.alig.conformance.model.Place.Quantity;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.oracle.PythonPackage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/**
 * Compares a subject with a recorded trace, each step from the recorded state before it.
 *
 * <p>The recorded step size and the subject's must be legal. Then the subject is given the recorded
 * step sizes:
 *
 * <ul>
 *   <li>A subject of the same bitwise {@link Algorithm} must meet the trace bit for bit, except for
 *       the projection.
 *   <li>Otherwise the recorded numbers and the subject's must each lie within the bounds of their
 *       own arithmetic.
 *   <li>A subject that takes no given step sizes must lie within the bounds of the step that it
 *       takes by itself.
 * </ul>
 *
 * <p>{@link SameBits} says what else a subject must repeat to the bit.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Replay {
  private static final String REPEATED =
      "0 ulp: library, instructions and settings are those of the recording";

  private final Recorded recorded;
  private final StepCase scripted;
  private final Implementation subject;
  private final Comparison comparison;
  private final Algorithm algorithm;
  private final SameBits bits;

  private Replay(Recorded recorded, Implementation subject, Comparison comparison) {
    this.recorded = recorded;
    this.scripted = recorded.scripted();
    this.subject = subject;
    this.comparison = comparison;
    this.algorithm = recorded.origin() == Origin.TF ? AliG.TENSORFLOW : AliG.TORCH;
    this.bits = subject.sameBits(recorded.provenance());
  }

  /** Replays a trace with a subject. */
  public static Verdict compare(Recorded recorded, Implementation subject) {
    return compare(recorded, subject, Comparison.Counted.UNHEARD);
  }

  static Verdict compare(Recorded recorded, Implementation subject, Comparison.Counted counted) {
    StepCase scripted = recorded.scripted();
    Optional<String> why = subject.inapplicable(scripted);
    if (why.isPresent()) {
      return new Verdict.Inapplicable(why.get());
    }
    String name = recorded.origin().label() + " (recorded)";
    CaseResults results = new CaseResults(scripted, name, subject.name(), counted);
    try {
      new Replay(recorded, subject, new Comparison(results)).replay();
    } catch (RuntimeException e) {
      return new Verdict.Broken(subject.name() + " failed to run the trace", e);
    }
    return named(recorded, results.verdict());
  }

  /** Judges a trace as if its original were a subject; a Python oracle must also repeat it. */
  public static Verdict ofOracle(Recorded recorded, Implementation oracle) {
    Verdict allowed =
        new Judge(oracle).compare(recorded.scripted(), recorded.trace(), "the trace", AliG.TORCH);
    return allowed instanceof Verdict.Agrees && oracle instanceof PythonPackage
        ? compare(recorded, oracle)
        : named(recorded, allowed);
  }

  /** A difference says who recorded the trace. */
  private static Verdict named(Recorded recorded, Verdict verdict) {
    List<Fact> before = List.of(new Fact("recorded", recorded.provenance().describe()));
    return verdict instanceof Verdict.Differs differs
        ? new Verdict.Differs(differs.first().framed(before, List.of()))
        : verdict;
  }

  private void replay() {
    Trace trace = recorded.trace();
    List<StepCase> steps =
        IntStream.range(0, trace.steps().size()).mapToObj(k -> scripted.oneStep(trace, k)).toList();
    List<Trace> natural = subject.runAll(steps);
    replayConstruction(subject.run(scripted.withSteps(List.of())));
    for (int k = 0; k < steps.size(); k++) {
      Optional<TracedStep> taken = taken(k, steps.get(k), natural.get(k));
      if (taken.isPresent()) {
        new ReplayedStep(k, steps.get(k), trace.steps().get(k), taken.get()).judge();
      }
    }
  }

  /** The step that the subject took by itself; it must take each that was recorded. */
  private Optional<TracedStep> taken(int k, StepCase one, Trace natural) {
    Optional<String> wrong =
        natural.steps().size() == 1
            ? natural.misfit(one.groups())
            : Optional.of(natural.raised().orElse("no step"));
    wrong.ifPresent(
        actual ->
            comparison.results().differ("step " + k, "a step", actual, "every step must be taken"));
    return wrong.isPresent() ? Optional.empty() : Optional.of(natural.steps().get(0));
  }

  private void replayConstruction(Trace made) {
    Optional<String> wrong = made.misfit(scripted.groups());
    if (wrong.isPresent()) {
      comparison
          .results()
          .differ("construction", "a state", wrong.get(), "the case's groups and shapes");
      return;
    }
    State found = made.constructed();
    State expected = scripted.resumed().orElse(recorded.trace().constructed());
    int at = Place.CONSTRUCTION;
    String because = repeatsParameters() ? REPEATED : "nothing: no arithmetic";
    comparison.sameBuffers(
        at, expected.buffers(), found.buffers(), "nothing: buffers start as zeros");
    if (repeatsParameters() || scripted.radius().isEmpty() || scripted.resumed().isPresent()) {
      comparison.sameParameters(at, expected.parameters(), found.parameters(), because);
    } else {
      List<List<Tensor>> initial = scripted.parameters();
      projection(comparison.of(Side.ORACLE), scripted, algorithm, initial)
          .check(at, initial, expected.parameters());
      projection(comparison, scripted, subject.algorithm(), initial)
          .check(at, initial, found.parameters());
    }
  }

  private boolean repeatsParameters() {
    return bits == SameBits.ALL
        || (bits == SameBits.ALL_BUT_PROJECTIONS && scripted.radius().isEmpty());
  }

  private static Projection projection(
      Comparison compared, StepCase one, Algorithm operations, List<List<Tensor>> before) {
    return new Projection(
        compared, new Enclosure(one, operations).ball(before, one.radius().orElseThrow()));
  }

  /** One recorded step, and the step that the subject took by itself from the same state. */
  private final class ReplayedStep {
    private final int k;
    private final StepCase one;
    private final TracedStep expected;
    private final TracedStep taken;
    private final Comparison ofSubject;
    private final Comparison ofRecorded;

    ReplayedStep(int k, StepCase one, TracedStep expected, TracedStep taken) {
      this.k = k;
      this.one = one;
      this.expected = expected;
      this.taken = taken;
      this.ofSubject = comparison.asking(one, k);
      this.ofRecorded = ofSubject.of(Side.ORACLE);
    }

    void judge() {
      judgeStepSize();
      judgeUpdate();
      if (bits != SameBits.UPDATES) {
        repeat();
      }
    }

    /** What the subject must repeat although it computed its own step sizes. */
    private void repeat() {
      same(Place.of(k, Quantity.UNCLIPPED, 0), expected.unclipped(), taken.unclipped());
      same(Place.of(k, Quantity.MEAN, 0), expected.mean(), taken.mean());
      for (int g = 0; g < expected.stepSizes().size(); g++) {
        Place place = Place.of(k, Quantity.STEP_SIZE, g);
        same(place, expected.stepSizes().get(g), taken.stepSizes().get(g));
      }
      State after = taken.after();
      ofSubject.sameBuffers(k, expected.after().buffers(), after.buffers(), REPEATED);
      if (repeatsParameters()) {
        ofSubject.sameParameters(k, expected.after().parameters(), after.parameters(), REPEATED);
      }
    }

    private void same(Place place, double wanted, double found) {
      ofSubject.same(place, wanted, found, REPEATED);
    }

    private void judgeStepSize() {
      Step step = one.steps().get(0);
      Place place = Place.of(k, Quantity.UNCLIPPED, 0);
      Bounded legal = new Enclosure(one, subject.algorithm()).unclipped(step);
      Bounded recordedLegal = new Enclosure(one, algorithm).unclipped(step);
      if (recorded.origin() == Origin.TF) {
        Group group = one.groups().get(0);
        recordedLegal = recordedLegal.clippedTo(group.maxLearningRate(), one.dtype());
      }
      double wanted = expected.unclipped();
      ofRecorded.legal(place, recordedLegal, wanted, wanted);
      double sign = one.dtype().round(step.loss());
      ofSubject.legal(place, legal, sign, wanted, taken.unclipped());
      for (int g = 0; g < one.groups().size(); g++) {
        Bounded size = subject.algorithm().stepSize(legal, one.groups().get(g), one.dtype());
        double found = taken.stepSizes().get(g);
        Place group = Place.of(k, Quantity.STEP_SIZE, g);
        ofSubject.legal(group, size, expected.stepSizes().get(g), found);
      }
    }

    private void judgeUpdate() {
      ofSubject.buffersWhereExpected(k, expected.after().buffers(), taken.after().buffers());
      Optional<State> moved = moved(one.unprojected());
      if (moved.isEmpty()) {
        judgeRecorded();
        BoundedState legal = bounds(one, subject.algorithm(), taken);
        ofSubject.legal(k, legal, Optional.of(expected.after()), taken.after());
      } else if (algorithm.isBitwise() && subject.algorithm() == algorithm) {
        judgeBits(moved.get());
      } else {
        judgeWithin(moved.get());
      }
    }

    private void judgeBits(State found) {
      State wanted = expected.after();
      String because = "0 ulp, given the step size";
      ofSubject.sameBuffers(k, wanted.buffers(), found.buffers(), because);
      if (one.radius().isEmpty()) {
        ofSubject.sameParameters(k, wanted.parameters(), found.parameters(), because);
      } else {
        projection(ofRecorded, one, algorithm, found.parameters())
            .check(k, found.parameters(), wanted.parameters());
        judgeProjection(found);
      }
    }

    /** Each side within the bounds of its own operations, given the recorded step sizes. */
    private void judgeWithin(State found) {
      judgeRecorded();
      BoundedState legal = bounds(one.unprojected(), subject.algorithm(), expected);
      ofSubject.legal(k, legal, Optional.of(expected.after()), found);
      if (one.radius().isPresent()) {
        judgeProjection(found);
      }
    }

    private void judgeRecorded() {
      ofRecorded.legal(k, bounds(one, algorithm, expected), Optional.empty(), expected.after());
    }

    private BoundedState bounds(StepCase from, Algorithm operations, TracedStep step) {
      List<Bounded> given = step.stepSizes().stream().map(Bounded::of).toList();
      return new Enclosure(from, operations)
          .given(BoundedState.of(from.resumed().orElseThrow()), from.steps().get(0), given);
    }

    /** The subject's projection, if it takes given step sizes, starts from its own update. */
    private void judgeProjection(State moved) {
      Optional<State> projected = moved(one);
      if (projected.isPresent()) {
        projection(ofSubject, one, subject.algorithm(), moved.parameters())
            .check(k, moved.parameters(), projected.get().parameters());
      }
    }

    /**
     * What the subject makes of the recorded step sizes: through {@link Implementation#runGiven},
     * otherwise as caps with a loss that leaves the step to them. Empty if it takes neither.
     */
    private Optional<State> moved(StepCase from) {
      return subject
          .runGiven(from, List.of(expected.stepSizes()))
          .or(() -> leftToCaps(from))
          .map(trace -> trace.steps().get(0).after());
    }

    private Optional<Trace> leftToCaps(StepCase from) {
      StepCase capped = OracleReplay.leftToCaps(from, expected.stepSizes());
      return Optional.of(capped)
          .filter(asked -> subject.inapplicable(asked).isEmpty())
          .map(subject::run)
          .filter(trace -> trace.steps().size() == 1)
          .filter(trace -> trace.steps().get(0).stepSizes().equals(expected.stepSizes()));
    }
  }
}
