package dev.alig.conformance.subjects.dl4j;

import dev.alig.conformance.Trained;
import dev.alig.conformance.Trainer;
import dev.alig.conformance.Training;
import java.util.Optional;

/** Trains Deeplearning4j networks with {@link dev.alig.nd4j.dl4j.AliGTraining} by fit. */
public final class Dl4jTrainer implements Trainer {
  private final Steps steps;
  private final Models models;

  /** The trainer as users have it. */
  public Dl4jTrainer() {
    this(new FitSteps(), Networks::of);
  }

  /**
   * A trainer with other parts, for tests.
   *
   * @param steps how a step is taken
   * @param models what is trained
   */
  Dl4jTrainer(Steps steps, Models models) {
    this.steps = steps;
    this.models = models;
  }

  @Override
  public Optional<String> inapplicable(Trained trained) {
    return Optional.empty();
  }

  @Override
  public Training begin(Trained trained) {
    return new Dl4jTraining(trained, models.of(trained, Steps.updater(trained)), steps);
  }
}
