package dev.alig.conformance.subjects.dl4j;

import dev.alig.StepReport;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.nd4j.dl4j.AliGUpdater;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Takes an optimizer's steps on a network. */
interface Steps {
  /** Attaches the optimizer to a network. */
  Stepping attach(TrainingCase trained, NeuralNetwork network);

  /** One network's steps. */
  interface Stepping {
    /** Takes a step on a batch and returns its report. */
    StepReport take(MultiDataSet batch);
  }

  /** The updater of a case's settings. */
  static AliGUpdater updater(TrainingCase trained) {
    TrainingCase.Rule rule = trained.rule();
    AliGUpdater.Builder builder =
        AliGUpdater.builder()
            .maxLearningRate(rule.cap())
            .momentum(rule.momentum())
            .momentumForm(rule.form())
            .eps(rule.eps());
    rule.radius().ifPresent(builder::l2Ball);
    return builder.build();
  }
}
