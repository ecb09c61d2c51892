package dev.alig.conformance.subjects;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.Trainer;
import dev.alig.conformance.model.Training;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.tensorflow.Semantics;
import java.util.Optional;

/** Trains models in graphs of TensorFlow-Java, by the optimizer's {@code minimize}. */
final class TensorFlowTrainer implements Trainer {
  private final Semantics semantics;

  TensorFlowTrainer(Semantics semantics) {
    this.semantics = semantics;
  }

  @Override
  public Optional<String> inapplicable(TrainingCase trained) {
    if (semantics == Semantics.PYTORCH) {
      return Optional.empty();
    }
    TrainingCase.Rule rule = trained.rule();
    if (rule.momentum() != 0 && rule.form() != MomentumForm.ADJUSTED) {
      return Optional.of("momentumForm must be ADJUSTED, was " + rule.form());
    }
    return rule.radius().isPresent()
        ? Optional.of("radius must be infinite, was " + rule.radius().getAsDouble())
        : Optional.empty();
  }

  @Override
  public Training begin(TrainingCase trained) {
    return TensorFlowTraining.of(trained, semantics);
  }
}
