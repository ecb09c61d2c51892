package dev.alig.experiments.networks;

import dev.alig.experiments.networks.ImageModel.ImageSize;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Networks as graphs of Deeplearning4j. */
public final class Dl4jGraphs {
  private static final String IMAGES = "images";
  static final String LOSS = "loss";

  private Dl4jGraphs() {}

  /** A graph that ends with the cross-entropy of the network's scores. */
  public static ComputationGraph of(
      Network network, ImageSize size, IUpdater updater, DataType type) {
    return of(network, size, Loss.CROSS_ENTROPY, updater, type);
  }

  /**
   * A graph that ends with a loss of the network's scores.
   *
   * @param type FLOAT or DOUBLE
   * @return the graph, initialized, with random parameters of Deeplearning4j's
   */
  public static ComputationGraph of(
      Network network, ImageSize size, Loss loss, IUpdater updater, DataType type) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(type)
            .activation(Activation.IDENTITY)
            .updater(updater)
            .graphBuilder()
            .addInputs(IMAGES)
            .setInputTypes(InputType.convolutional(size.height(), size.width(), size.channels()));
    String scores = network.scores(new VertexLayers(builder), IMAGES);
    builder.addLayer(LOSS, layer(loss, type), scores).setOutputs(LOSS);
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    return graph;
  }

  /**
   * The layer of a loss. A probability that rounds to 0 gives a large cross-entropy, not infinity.
   */
  static LossLayer layer(Loss loss, DataType type) {
    if (loss instanceof Loss.Hinge) {
      return new LossLayer.Builder(new MultiClassHinge()).activation(Activation.IDENTITY).build();
    }
    if (loss instanceof Loss.Truncated truncated) {
      return new LossLayer.Builder(new TruncatedLoss(truncated.places()))
          .activation(Activation.IDENTITY)
          .build();
    }
    double smallest = type == DataType.FLOAT ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    return new LossLayer.Builder(new LossMCXENT(smallest, null))
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** The vertex of a graph that gives the scores. */
  public static String scores(ComputationGraph graph) {
    return Objects.requireNonNull(graph.getConfiguration().getVertexInputs().get(LOSS)).get(0);
  }

  /** Deeplearning4j's name of a parameter or running statistic of a graph. */
  public static String key(ComputationGraph graph, String parameter) {
    int dot = parameter.lastIndexOf('.');
    String layer = parameter.substring(0, dot);
    boolean normalization = graph.paramTable().containsKey(layer + "_gamma");
    String own =
        switch (parameter.substring(dot + 1)) {
          case "weight" -> normalization ? "gamma" : "W";
          case "bias" -> normalization ? "beta" : "b";
          case "running_mean" -> "mean";
          default -> "var";
        };
    return layer + "_" + own;
  }
}
