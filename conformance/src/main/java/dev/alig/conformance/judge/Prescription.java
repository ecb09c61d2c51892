package dev.alig.conformance.judge;

import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.bounds.Enclosure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Puts the subject's step sizes into the oracle, through its public interface alone.
 *
 * <p>With an infinite loss every finite denominator gives an infinite step size, so that the caps
 * alone decide; a NaN goes through as a NaN loss. This needs no entrance that an original lacks.
 */
final class Prescription {
  private final Scripted scripted;
  private final Trace actual;

  Prescription(Scripted scripted, Trace actual) {
    this.scripted = scripted;
    this.actual = actual;
  }

  /** What the oracle was asked and what it answered. */
  record Answer(Scripted asked, Trace trace) {}

  /**
   * For each step, the oracle's update of the subject's state by the subject's step sizes, without
   * projection. What it did by itself from that state with those step sizes is not asked for again.
   */
  List<Answer> ask(Implementation oracle, OracleRun run) {
    List<Scripted> questions = new ArrayList<>();
    for (int k = 0; k < scripted.steps().size(); k++) {
      if (!isAnsweredBy(run, k)) {
        questions.add(tookStepSizes(run, k) ? plain(k) : prescribed(k));
      }
    }
    Iterator<Answer> answers = askAll(oracle, questions).iterator();
    List<Answer> all = new ArrayList<>();
    for (int k = 0; k < scripted.steps().size(); k++) {
      all.add(isAnsweredBy(run, k) ? new Answer(plain(k), run.step(k)) : answers.next());
    }
    askAgain(oracle, all);
    return all;
  }

  /** Whom no cap reaches, since its denominator overflows, may take the step sizes by itself. */
  private void askAgain(Implementation oracle, List<Answer> answers) {
    List<Integer> deaf = new ArrayList<>();
    for (int k = 0; k < answers.size(); k++) {
      if (!hasStepSizes(answers.get(k).trace(), k)) {
        deaf.add(k);
      }
    }
    List<Answer> again = askAll(oracle, deaf.stream().map(this::plain).toList());
    for (int i = 0; i < deaf.size(); i++) {
      if (hasStepSizes(again.get(i).trace(), deaf.get(i))) {
        answers.set(deaf.get(i), again.get(i));
      }
    }
  }

  private static List<Answer> askAll(Implementation oracle, List<Scripted> questions) {
    List<Trace> traces = questions.isEmpty() ? List.of() : oracle.runAll(questions);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < traces.size(); i++) {
      answers.add(new Answer(questions.get(i), traces.get(i)));
    }
    return answers;
  }

  private boolean isAnsweredBy(OracleRun run, int k) {
    return scripted.radius().isEmpty() && tookStepSizes(run, k);
  }

  /** Whether the oracle took the subject's step sizes by itself, from the subject's state. */
  private boolean tookStepSizes(OracleRun run, int k) {
    return run.coincides(k) && hasStepSizes(run.step(k), k);
  }

  /** Whether the oracle's one step had the subject's step sizes; an oracle that raised has none. */
  boolean hasStepSizes(Trace oracle, int k) {
    return oracle.steps().isEmpty()
        || oracle.steps().get(0).stepSizes().equals(actual.steps().get(k).stepSizes());
  }

  /** Step {@code k} from the subject's state, without projection. */
  private Scripted plain(int k) {
    return OracleRun.oneStep(scripted.unprojected(), actual, k);
  }

  /** Step {@code k} from the subject's state, without projection, with the subject's step sizes. */
  private Scripted prescribed(int k) {
    Step step = scripted.steps().get(k);
    List<Double> stepSizes = actual.steps().get(k).stepSizes();
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

  /**
   * Whether the oracle refused a step that it should take.
   *
   * <p>The original divides by Python's 0 where no gradient is present and eps is 0, and torch
   * refuses to convert a Python number that overflows the dtype: the loss, or a step size, or a
   * step size times momentum. Java follows IEEE 754 there.
   */
  boolean raisedWithoutReason(Trace oracle, int k) {
    if (oracle.raised().isEmpty()) {
      return false;
    }
    Step step = scripted.steps().get(k);
    if (!step.hasGradient()) {
      return scripted.eps() != 0;
    }
    boolean overflows = overflows(step.loss());
    TracedStep taken = actual.steps().get(k);
    for (int g = 0; g < scripted.groups().size(); g++) {
      double size = taken.stepSizes().get(g);
      double product = size * scripted.groups().get(g).momentum();
      overflows |= overflows(size) || (Double.isFinite(size) && overflows(product));
      overflows |= Double.isFinite(size) && Double.isInfinite(product);
    }
    return !overflows;
  }

  private boolean overflows(double number) {
    DType dtype = scripted.dtype();
    return Double.isFinite(number) && Double.isInfinite(dtype.round(number));
  }

  /** Whether prescribed step sizes failed to reach the update, though the denominator is finite. */
  boolean isDeaf(Trace oracle, int k, Enclosure enclosure) {
    return !hasStepSizes(oracle, k) && !enclosure.mayOverflow(scripted.steps().get(k));
  }
}
