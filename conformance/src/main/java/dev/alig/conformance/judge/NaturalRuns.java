package dev.alig.conformance.judge;

import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an oracle does by itself: with the whole case, and with each step from the state that the
 * subject had before it.
 *
 * @param whole the run of the whole case
 * @param steps for each step a run of it alone
 */
record NaturalRuns(Trace whole, List<Trace> steps) {
  /** Copies the list. */
  NaturalRuns {
    steps = List.copyOf(steps);
  }

  /**
   * Asks an oracle. Where the subject began as the case says, the whole run begins with the first
   * step from the subject's state, which is not asked for again.
   */
  static NaturalRuns of(Implementation oracle, Scripted scripted, Trace actual) {
    int known = startsAsGiven(scripted, actual.constructed()) ? 1 : 0;
    List<Scripted> asked = new ArrayList<>(List.of(scripted));
    for (int k = known; k < scripted.steps().size(); k++) {
      asked.add(oneStep(scripted, actual, k));
    }
    List<Trace> answers = oracle.runAll(asked);
    List<Trace> steps = new ArrayList<>(answers.subList(1, answers.size()));
    if (known > 0 && !scripted.steps().isEmpty()) {
      steps.add(0, firstStep(answers.get(0)));
    }
    return new NaturalRuns(answers.get(0), steps);
  }

  /** Step {@code k} alone, from the state that the subject had before it. */
  static Scripted oneStep(Scripted scripted, Trace actual, int k) {
    return scripted.continuedFrom(actual.before(k), List.of(scripted.steps().get(k)));
  }

  private static Trace firstStep(Trace whole) {
    return whole.steps().isEmpty()
        ? whole
        : new Trace(whole.constructed(), whole.steps().subList(0, 1), Optional.empty());
  }

  private static boolean startsAsGiven(Scripted scripted, State constructed) {
    if (scripted.resumed().isPresent()) {
      return constructed.equals(scripted.resumed().get());
    }
    List<List<Tensor>> parameters = scripted.groups().stream().map(Group::parameters).toList();
    List<List<Optional<Tensor>>> buffers =
        scripted.groups().stream().map(NaturalRuns::zeros).toList();
    return scripted.radius().isEmpty() && constructed.equals(new State(parameters, buffers));
  }

  private static List<Optional<Tensor>> zeros(Group group) {
    return group.parameters().stream()
        .map(parameter -> Tensor.zeros(parameter.shape()))
        .map(zeros -> Optional.of(zeros).filter(any -> group.hasBuffers()))
        .toList();
  }
}
