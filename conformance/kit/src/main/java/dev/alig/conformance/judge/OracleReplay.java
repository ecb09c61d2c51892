package dev.alig.conformance.judge;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.Enclosure;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Puts the subject's step sizes into the oracle, through its public interface alone. */
record OracleReplay(StepCase scripted, Trace actual) {
  /** What the oracle was asked and what it answered. */
  record Answer(StepCase asked, Trace trace) {
    /** Whether the oracle refused a negative step size, which was prescribed as a cap. */
    boolean isRefusedCap() {
      return trace.raised().isPresent()
          && asked.groups().stream().anyMatch(group -> group.cap() < 0);
    }
  }

  /**
   * Asks, for each step, for the oracle's update of the subject's state with the subject's step
   * sizes, without projection.
   *
   * <p>An update that the oracle made by itself in its own run is not asked for again. In a case
   * without projection the oracle may take all step sizes in a row, and its updates count for as
   * long as its states are the subject's.
   */
  List<Answer> ask(Implementation oracle, OracleRun run) {
    List<Optional<Answer>> known = new ArrayList<>();
    for (int k = 0; k < scripted.steps().size(); k++) {
      known.add(Optional.of(k).filter(any -> isAnsweredBy(run, any)).map(any -> own(run, any)));
    }
    boolean prescribes = !oracle.algorithm().hasFixedStepSizes();
    if (prescribes && scripted.radius().isEmpty() && known.contains(Optional.<Answer>empty())) {
      oracle.runGiven(scripted, stepSizes()).ifPresent(inARow -> add(inARow, known));
    }
    List<StepCase> questions = new ArrayList<>();
    for (int k = 0; k < known.size(); k++) {
      if (known.get(k).isEmpty()) {
        questions.add(tookStepSizes(run, k) || !prescribes ? plain(k) : prescribed(k));
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

  /** An oracle whose denominator overflows ignores caps, but may take the step sizes by itself. */
  private void askAgain(Implementation oracle, List<Answer> answers) {
    List<Integer> open =
        IntStream.range(0, answers.size())
            .filter(k -> !hasStepSizes(answers.get(k).trace(), k))
            .boxed()
            .toList();
    List<Answer> again = askAll(oracle, open.stream().map(this::plain).toList());
    for (int i = 0; i < open.size(); i++) {
      if (hasStepSizes(again.get(i).trace(), open.get(i))) {
        answers.set(open.get(i), again.get(i));
      }
    }
  }

  private static List<Answer> askAll(Implementation oracle, List<StepCase> questions) {
    List<Trace> traces = questions.isEmpty() ? List.of() : oracle.runAll(questions);
    return IntStream.range(0, traces.size())
        .mapToObj(i -> new Answer(questions.get(i), traces.get(i)))
        .toList();
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
  private StepCase plain(int k) {
    return scripted.unprojected().oneStep(actual, k);
  }

  /** Step {@code k} from the subject's state, without projection, with the subject's step sizes. */
  private StepCase prescribed(int k) {
    return leftToCaps(plain(k), actual.steps().get(k).stepSizes());
  }

  /** A case of one step in which the caps alone decide on the step sizes, which are these. */
  static StepCase leftToCaps(StepCase oneStep, List<Double> stepSizes) {
    Optional<List<Double>> caps = Step.capsOf(stepSizes);
    List<Group> groups = new ArrayList<>();
    for (int g = 0; g < oneStep.groups().size(); g++) {
      OptionalDouble cap =
          caps.isPresent() ? OptionalDouble.of(caps.get().get(g)) : OptionalDouble.empty();
      groups.add(oneStep.groups().get(g).withCap(cap));
    }
    return oneStep
        .withGroups(groups)
        .withSteps(List.of(oneStep.steps().get(0).leftToCaps(stepSizes)));
  }

  /** Whether the oracle refused a step that it should take. */
  boolean raisedWithoutReason(Trace oracle, int k) {
    return oracle.raised().isPresent()
        && !TorchRefusals.isKnown(
            scripted, scripted.steps().get(k), actual.steps().get(k).stepSizes());
  }

  /** Whether the oracle ignored prescribed step sizes although its denominator is finite. */
  boolean ignoresStepSizes(Trace oracle, int k, Enclosure enclosure) {
    return !hasStepSizes(oracle, k) && !enclosure.mayOverflow(scripted.steps().get(k));
  }
}
