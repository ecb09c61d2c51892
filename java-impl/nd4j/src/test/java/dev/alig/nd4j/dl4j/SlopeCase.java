package dev.alig.nd4j.dl4j;

import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A network with a kind of layer, vertex, loss, and so on, and data for it.
 *
 * @param kind the kind it is there for
 * @param circumstance what else there is, such as dropout or a mask
 */
record SlopeCase(Class<?> kind, String circumstance, Supplier<Trial> trial) {
  /** A network and data for it. */
  record Trial(Model network, MultiDataSet data) {
    SlopeReport measure(SlopeMeasurement.Layers layers) {
      Network measured =
          network instanceof MultiLayerNetwork stack
              ? new Network.Stack(stack)
              : new Network.Graph((ComputationGraph) network);
      return SlopeMeasurement.of(measured, Minibatch.of(data), layers);
    }

    /** The same network as a graph. */
    Trial asGraph() {
      return new Trial(((MultiLayerNetwork) network).toComputationGraph(), data);
    }

    AliGTraining attach() {
      return network instanceof MultiLayerNetwork stack
          ? AliGTraining.attach(stack)
          : AliGTraining.attach((ComputationGraph) network);
    }
  }

  static SlopeCase of(Class<?> kind, String circumstance, Supplier<Trial> trial) {
    return new SlopeCase(kind, circumstance, trial);
  }

  @Override
  public String toString() {
    return kind.getSimpleName() + (circumstance.isEmpty() ? "" : ", " + circumstance);
  }

  /** Measures the network, with or without what this project puts in the place of its layers. */
  SlopeReport measure(SlopeMeasurement.Layers layers) {
    return trial.get().measure(layers);
  }
}
