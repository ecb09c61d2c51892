package dev.alig.conformance.torch;

import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainedState;
import dev.alig.conformance.model.TrainedStep;
import dev.alig.conformance.model.Trainer;
import dev.alig.conformance.model.Training;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.torch.TorchTrainer.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A subject's training of a case.
 *
 * @param before the state before each step
 * @param taken the steps
 * @param lost the step before which the subject did not hold the state that it was given, -1 for
 *     the initial state; empty if it always held it
 * @param scores the scores of the last batch in evaluation, after all steps; empty if the subject
 *     does not evaluate
 */
record Steps(
    List<TrainedState> before,
    List<TrainedStep> taken,
    Optional<Integer> lost,
    Optional<Tensor> scores) {
  /** The value of {@link #lost} for the initial weights. */
  static final int INITIAL = -1;

  /**
   * Trains the subject; a forced case starts each step from the oracle's state.
   *
   * @param alive called before each step
   */
  static Steps of(TrainingCase trained, Trainer subject, Run oracle, Runnable alive) {
    List<TrainedState> before = new ArrayList<>();
    List<TrainedStep> taken = new ArrayList<>();
    try (Training training = subject.begin(trained)) {
      TrainedState held = training.state();
      if (!held.equals(oracle.constructed())) {
        return new Steps(List.of(held), List.of(), Optional.of(INITIAL), Optional.empty());
      }
      for (int k = 0; k < trained.steps(); k++) {
        if (trained.mode() == TrainingCase.Mode.FORCED) {
          training.load(oracle.before(k));
          held = training.state();
          if (!held.equals(oracle.before(k))) {
            before.add(held);
            return new Steps(before, taken, Optional.of(k), Optional.empty());
          }
        }
        before.add(held);
        alive.run();
        TrainedStep step = training.step(k);
        taken.add(step);
        held = step.after();
      }
      return new Steps(before, taken, Optional.empty(), training.scores(trained.steps() - 1));
    }
  }
}
