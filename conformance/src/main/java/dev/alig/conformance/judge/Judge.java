package dev.alig.conformance.judge;

import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.oracle.OracleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares a subject with an oracle, step by step.
 *
 * <p>Before every step the oracle is put into the subject's state, so that each step is judged on
 * its own and no tolerance has to grow with the number of steps. Three things are asked of a step:
 *
 * <ol>
 *   <li>Both unclipped step sizes lie within the rounding errors of loss / (Σ‖g‖² + eps) ({@link
 *       StepSizeBounds}); the step size of a group is the smaller of that and its cap, exactly.
 *   <li>Given the subject's step sizes, the oracle's parameters and buffers are the subject's bit
 *       for bit, the projection aside.
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
    return compare(scripted, actual, subject.name());
  }

  /** Compares what a subject did with the oracle. */
  public Verdict compare(Scripted scripted, Trace actual, String subject) {
    Comparison comparison = new Comparison(scripted.id(), scripted.dtype(), oracle.name(), subject);
    try {
      judge(comparison, scripted, actual);
    } catch (RuntimeException e) {
      return new Verdict.Broken(oracle.name() + " failed to run the case", e);
    }
    Optional<Verdict> differs = comparison.first().map(Verdict.Differs::new);
    return differs.orElseGet(() -> new Verdict.Agrees(comparison.count(), comparison.worst()));
  }

  private void judge(Comparison comparison, Scripted scripted, Trace actual) {
    if (actual.raised().isPresent() || actual.steps().size() != scripted.steps().size()) {
      comparison.differ(
          "step " + actual.steps().size(),
          "a step",
          actual.raised().orElse("no step"),
          "the subject must take every step");
      return;
    }
    List<Trace> natural = oracle.runAll(naturalCases(scripted, actual));
    judgeConstruction(comparison, scripted, natural.get(0), actual);
    for (int k = 0; k < scripted.steps().size(); k++) {
      StepSizes.judge(comparison, scripted, k, natural.get(k + 1), actual.steps().get(k));
    }
    judgeUpdates(comparison, scripted, actual, natural);
  }

  /** The case without steps, and one case a step from the subject's own states. */
  private static List<Scripted> naturalCases(Scripted scripted, Trace actual) {
    List<Scripted> cases = new ArrayList<>();
    cases.add(
        new Scripted(
            scripted.id(),
            scripted.dtype(),
            scripted.eps(),
            scripted.form(),
            scripted.radius(),
            scripted.groups(),
            List.of(),
            scripted.resumed()));
    for (int k = 0; k < scripted.steps().size(); k++) {
      cases.add(scripted.continuedFrom(actual.before(k), List.of(scripted.steps().get(k))));
    }
    return cases;
  }

  private static void judgeConstruction(
      Comparison comparison, Scripted scripted, Trace oracle, Trace actual) {
    State expected = oracle.constructed();
    State found = actual.constructed();
    comparison.sameBuffers(
        "construction", expected.buffers(), found.buffers(), "nothing: buffers start as zeros");
    List<List<Tensor>> initial = scripted.groups().stream().map(Group::parameters).toList();
    if (scripted.resumed().isPresent() || scripted.radius().isEmpty()) {
      comparison.same(
          "construction", expected.parameters(), found.parameters(), "nothing: no arithmetic");
    } else {
      Projection projection = new Projection(scripted.dtype(), scripted.radius().getAsDouble());
      comparison.ofOracle(true);
      projection.check(comparison, "construction of the oracle", initial, expected.parameters());
      comparison.ofOracle(false);
      projection.check(comparison, "construction", initial, found.parameters());
    }
  }

  private void judgeUpdates(
      Comparison comparison, Scripted scripted, Trace actual, List<Trace> natural) {
    List<Scripted> prescribed = new ArrayList<>();
    List<Integer> asked = new ArrayList<>();
    for (int k = 0; k < scripted.steps().size(); k++) {
      if (!answeredBy(scripted, natural.get(k + 1), actual.steps().get(k))) {
        asked.add(k);
        prescribed.add(prescribe(scripted, actual, natural.get(k + 1), k));
      }
    }
    List<Trace> answers = prescribed.isEmpty() ? List.of() : oracle.runAll(prescribed);
    for (int k = 0; k < scripted.steps().size(); k++) {
      int position = asked.indexOf(k);
      Trace answer = position < 0 ? natural.get(k + 1) : answers.get(position);
      if (raisedWithoutReason(scripted, k, answer, actual)) {
        throw new OracleException("step %d raised %s".formatted(k, answer.raised().orElse("")));
      }
      if (deafToStepSizes(scripted, k, answer, actual)) {
        comparison.differ(
            "step %d, step sizes of the oracle".formatted(k),
            answer.steps().get(0).stepSizes().toString(),
            actual.steps().get(k).stepSizes().toString(),
            "nothing: an infinite loss leaves the caps, which are the subject's step sizes");
        return;
      }
      judgeUpdate(comparison, scripted, k, answer, actual);
      if (scripted.radius().isPresent()) {
        judgeOwnProjection(comparison, scripted, k, natural.get(k + 1), answer);
      }
    }
  }

  /** Whether the oracle took the subject's step sizes by itself, with nothing after the update. */
  private static boolean answeredBy(Scripted scripted, Trace natural, TracedStep actual) {
    return scripted.radius().isEmpty() && sameStepSizes(natural, actual);
  }

  private static boolean sameStepSizes(Trace oracle, TracedStep actual) {
    return oracle.steps().isEmpty() || oracle.steps().get(0).stepSizes().equals(actual.stepSizes());
  }

  /**
   * The original divides by Python's 0 where no gradient is present and eps is 0, and torch refuses
   * to convert a Python number that overflows the dtype: the loss, or a step size, or a step size
   * times momentum. Java follows IEEE 754 there.
   */
  private static boolean raisedWithoutReason(Scripted scripted, int k, Trace oracle, Trace actual) {
    if (oracle.raised().isEmpty()) {
      return false;
    }
    Step step = scripted.steps().get(k);
    if (!step.hasGradient()) {
      return scripted.eps() != 0;
    }
    boolean overflows = overflows(step.loss(), scripted.dtype());
    for (int g = 0; g < scripted.groups().size(); g++) {
      double size = actual.steps().get(k).stepSizes().get(g);
      double momentum = scripted.groups().get(g).momentum();
      overflows |= overflows(size, scripted.dtype());
      overflows |= Double.isFinite(size) && overflows(size * momentum, scripted.dtype());
      overflows |= Double.isFinite(size) && Double.isInfinite(size * momentum);
    }
    return !overflows;
  }

  /** Prescribed step sizes reach every update, unless the oracle's denominator overflows. */
  private static boolean deafToStepSizes(Scripted scripted, int k, Trace oracle, Trace actual) {
    return !sameStepSizes(oracle, actual.steps().get(k))
        && !StepSizeBounds.mayOverflow(scripted, scripted.steps().get(k));
  }

  private static boolean overflows(double number, DType dtype) {
    return Double.isFinite(number) && Double.isInfinite(dtype.round(number));
  }

  /**
   * Step {@code k} without projection and with the subject's step sizes.
   *
   * <p>Where the oracle comes to the same step sizes the case is left as it is. Else an infinite
   * loss makes every finite denominator give an infinite step size, so that the caps alone decide;
   * a NaN goes through as a NaN loss. This needs no entrance that an original lacks.
   */
  private static Scripted prescribe(Scripted scripted, Trace actual, Trace natural, int k) {
    List<Double> stepSizes = actual.steps().get(k).stepSizes();
    Step step = scripted.steps().get(k);
    if (sameStepSizes(natural, actual.steps().get(k))) {
      return scripted.unprojected().continuedFrom(actual.before(k), List.of(step));
    }
    boolean nan = stepSizes.stream().anyMatch(size -> Double.isNaN(size));
    double loss = nan ? Double.NaN : Double.POSITIVE_INFINITY;
    List<Group> groups = new ArrayList<>();
    for (int g = 0; g < scripted.groups().size(); g++) {
      Group group = scripted.groups().get(g);
      OptionalDouble cap = nan ? OptionalDouble.empty() : OptionalDouble.of(stepSizes.get(g));
      groups.add(new Group(cap, group.momentum(), group.parameters()));
    }
    return scripted
        .unprojected()
        .withGroups(groups)
        .continuedFrom(actual.before(k), List.of(new Step(loss, LossKind.FLOAT, step.gradients())));
  }

  private static void judgeUpdate(
      Comparison comparison, Scripted scripted, int k, Trace answer, Trace actual) {
    TracedStep found = actual.steps().get(k);
    State expected = updateGiven(scripted, k, answer, actual);
    String where = "step %d".formatted(k);
    String because = "0 ulp, given the step size";
    comparison.sameBuffers(where, expected.buffers(), found.after().buffers(), because);
    if (scripted.radius().isEmpty()) {
      comparison.same(where, expected.parameters(), found.after().parameters(), because);
    } else {
      new Projection(scripted.dtype(), scripted.radius().getAsDouble())
          .check(comparison, where, expected.parameters(), found.after().parameters());
    }
  }

  /**
   * The state after the update with the subject's step sizes.
   *
   * <p>Where the oracle refuses the step, or its denominator overflows and the subject's does not,
   * so that an infinite loss does not reach the caps, exact arithmetic answers in its place.
   */
  private static State updateGiven(Scripted scripted, int k, Trace answer, Trace actual) {
    TracedStep found = actual.steps().get(k);
    if (!answer.steps().isEmpty() && sameStepSizes(answer, found)) {
      return answer.steps().get(0).after();
    }
    Scripted alone =
        scripted.unprojected().continuedFrom(actual.before(k), List.of(scripted.steps().get(k)));
    List<List<Double>> given = List.of(found.stepSizes());
    return new ExactOracle().runGiven(alone, given).orElseThrow().steps().get(0).after();
  }

  /** The oracle's own projection, where it took the same step, must be legal as well. */
  private static void judgeOwnProjection(
      Comparison comparison, Scripted scripted, int k, Trace natural, Trace unprojected) {
    if (natural.steps().isEmpty()
        || unprojected.steps().isEmpty()
        || !sameStepSizes(natural, unprojected.steps().get(0))) {
      return;
    }
    comparison.ofOracle(true);
    new Projection(scripted.dtype(), scripted.radius().getAsDouble())
        .check(
            comparison,
            "step %d of the oracle".formatted(k),
            unprojected.steps().get(0).after().parameters(),
            natural.steps().get(0).after().parameters());
    comparison.ofOracle(false);
  }
}
