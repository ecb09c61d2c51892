package dev.alig.conformance.subjects.dl4j;

import dev.alig.StepReport;
import dev.alig.conformance.Trained;
import dev.alig.nd4j.dl4j.AliGUpdater;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** How an optimizer takes steps on a network. */
interface Steps {
  /** Takes hold of a network; what is returned takes a step on a batch. */
  Stepping attach(Trained trained, NeuralNetwork network);

  /** One network's steps. */
  interface Stepping {
    /** Takes a step and tells what it was. */
    StepReport take(MultiDataSet batch);
  }

  /** The updater of a case's settings. */
  static AliGUpdater updater(Trained trained) {
    Trained.Rule rule = trained.rule();
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
