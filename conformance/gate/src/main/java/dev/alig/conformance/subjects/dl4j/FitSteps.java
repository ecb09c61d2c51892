package dev.alig.conformance.subjects.dl4j;

import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Objective;
import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.SlopeReport;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Takes steps by {@code fit}, as users do. */
final class FitSteps implements Steps {
  @Override
  public Stepping attach(TrainingCase trained, NeuralNetwork network) {
    if (trained.objective() == Objective.HINGE) {
      verifyOwnLoss(network, new Batches(trained).of(0));
    }
    AliGTraining training =
        network instanceof ComputationGraph graph
            ? AliGTraining.attach(graph)
            : AliGTraining.attach((MultiLayerNetwork) network);
    return batch -> {
      network.fit(batch);
      return training.lastStep().orElseThrow().report();
    };
  }

  /** Measures the gradient of the hinge loss, as users must do with their own losses. */
  private static void verifyOwnLoss(NeuralNetwork network, MultiDataSet batch) {
    SlopeReport report =
        network instanceof ComputationGraph graph
            ? AliGTraining.verifySlope(graph, batch)
            : AliGTraining.verifySlope(
                (MultiLayerNetwork) network, new DataSet(batch.getFeatures(0), batch.getLabels(0)));
    if (!report.right()) {
      throw new IllegalStateException(
          "the gradient of the multi-class hinge loss is wrong: " + report);
    }
  }
}
