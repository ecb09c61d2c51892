package dev.alig.conformance.subjects.dl4j;

import dev.alig.conformance.Trained;
import dev.alig.nd4j.dl4j.AliGTraining;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Steps by {@code fit}, as a user takes them. */
final class FitSteps implements Steps {
  @Override
  public Stepping attach(Trained trained, NeuralNetwork network) {
    AliGTraining training =
        network instanceof ComputationGraph graph
            ? AliGTraining.attach(graph)
            : AliGTraining.attach((MultiLayerNetwork) network);
    return batch -> {
      network.fit(batch);
      return training.lastStep().orElseThrow().report();
    };
  }
}
