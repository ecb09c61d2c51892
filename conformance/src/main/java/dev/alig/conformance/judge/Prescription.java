package dev.alig.conformance.judge;

import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.bounds.Enclosure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Puts the subject's step sizes into the oracle, through its public interface alone. */
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
   * projection.
   *
   * <p>What the oracle did by itself in that state with those step sizes is not asked for again.
   * Without a projection it may take all the step sizes in a row: as long as that leads to the
   * subject's states, its next update starts from one.
   */
  List<Answer> ask(Implementation oracle, OracleRun run) {
    List<Optional<Answer>> known = new ArrayList<>();
    for (int k = 0; k < scripted.steps().size(); k++) {
      known.add(Optional.of(k).filter(any -> isAnsweredBy(run, any)).map(any -> own(run, any)));
    }
    if (scripted.radius().isEmpty() && known.contains(Optional.<Answer>empty())) {
      oracle.runGiven(scripted, stepSizes()).ifPresent(inARow -> add(inARow, known));
    }
    List<Scripted> questions = new ArrayList<>();
    for (int k = 0; k < known.size(); k++) {
      if (known.get(k).isEmpty()) {
        questions.add(tookStepSizes(run, k) ? plain(k) : prescribed(k));
      }
    }
    Iterator<Answer> asked = askAll(oracle, questions).iterator();
    List<Answer> answers = new ArrayList<>();
    known.forEach(answer -> answers.add(answer.orElseGet(asked::next)));
    askAgain(oracle, answers);
    return answers;
  }

  private Answer own(OracleRun run, int k) {
    return new Answer(plain(k), run.whole().step(k));
  }

  private List<List<Double>> stepSizes() {
    return actual.steps().stream().map(TracedStep::stepSizes).toList();
  }

  private void add(Trace inARow, List<Optional<Answer>> known) {
    for (int k = 0; k < known.size(); k++) {
      if (known.get(k).isEmpty() && inARow.before(k).equals(actual.before(k))) {
        known.set(k, Optional.of(new Answer(prescribed(k), inARow.step(k))));
      }
    }
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
    return run.coincides(k) && hasStepSizes(run.whole().step(k), k);
  }

  /** Whether the oracle's one step had the subject's step sizes; an oracle that raised has none. */
  boolean hasStepSizes(Trace oracle, int k) {
    return oracle.steps().isEmpty()
        || oracle.steps().get(0).stepSizes().equals(actual.steps().get(k).stepSizes());
  }

  /** Step {@code k} from the subject's state, without projection. */
  private Scripted plain(int k) {
    return scripted.unprojected().oneStep(actual, k);
  }

  /** Step {@code k} from the subject's state, without projection, with the subject's step sizes. */
  private Scripted prescribed(int k) {
    List<Double> stepSizes = actual.steps().get(k).stepSizes();
    Optional<List<Double>> caps = Step.capsOf(stepSizes);
    List<Group> groups = new ArrayList<>();
    for (int g = 0; g < scripted.groups().size(); g++) {
      Group group = scripted.groups().get(g);
      OptionalDouble cap =
          caps.isPresent() ? OptionalDouble.of(caps.get().get(g)) : OptionalDouble.empty();
      groups.add(new Group(cap, group.momentum(), group.parameters()));
    }
    return scripted
        .unprojected()
        .withGroups(groups)
        .continuedFrom(actual.before(k), List.of(scripted.steps().get(k).leftToCaps(stepSizes)));
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
