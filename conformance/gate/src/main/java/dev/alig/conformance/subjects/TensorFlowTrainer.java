package dev.alig.conformance.subjects;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.Trainer;
import dev.alig.conformance.model.Training;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.tensorflow.Semantics;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Trains models in graphs of TensorFlow-Java, by the optimizer's {@code minimize}. */
final class TensorFlowTrainer implements Trainer {
  private final Semantics semantics;
  private final Map<TrainingCase.Model, ModelGraph.Builder> models;

  /** The trainer of the models of {@link TensorFlowModel#ALL}. */
  TensorFlowTrainer(Semantics semantics) {
    this(semantics, TensorFlowModel.ALL);
  }

  /** A trainer of other models, for tests. */
  TensorFlowTrainer(Semantics semantics, Map<TrainingCase.Model, ModelGraph.Builder> models) {
    this.semantics = semantics;
    this.models = models;
  }

  @Override
  public Optional<String> inapplicable(TrainingCase trained) {
    if (!models.containsKey(trained.model())) {
      return Optional.of("the experiments train this model in Deeplearning4j only");
    }
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
    return TensorFlowTraining.of(
        trained, semantics, Objects.requireNonNull(models.get(trained.model())));
  }
}
