package dev.alig.conformance.subjects.dl4j;

import dev.alig.conformance.model.Trainer;
import dev.alig.conformance.model.Training;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.RunningVariance;
import java.util.Optional;

/** Trains Deeplearning4j networks by fit, with {@link dev.alig.nd4j.dl4j.AliGTraining}. */
public final class Dl4jTrainer implements Trainer {
  private final Steps steps;
  private final Models models;

  /** The trainer with fit and the models of {@link Networks}. */
  public Dl4jTrainer() {
    this(new FitSteps(false), Networks::of);
  }

  /**
   * A trainer with other parts, for tests.
   *
   * @param steps takes the steps
   * @param models creates the networks
   */
  Dl4jTrainer(Steps steps, Models models) {
    this.steps = steps;
    this.models = models;
  }

  @Override
  public Optional<String> inapplicable(TrainingCase trained) {
    return switch (trained.model()) {
      case MLP, CONVNET, BILSTM, LSTM, WRN, DENSENET, RESNET, INFERSENT -> Optional.empty();
      case DNC ->
          Optional.of("Deeplearning4j has no layer that writes into a memory, as a DNC does");
    };
  }

  /** Deeplearning4j's own choice, which users cannot change. */
  @Override
  public RunningVariance runningVariance() {
    return RunningVariance.BIASED;
  }

  @Override
  public Optional<Trainer> inParts() {
    return Optional.of(new Dl4jTrainer(new FitSteps(true), models));
  }

  @Override
  public Training begin(TrainingCase trained) {
    return new Dl4jTraining(trained, models.of(trained, Steps.updater(trained)), steps);
  }
}
