package dev.alig.nd4j.dl4j;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks and data for them; the same seeds each time. */
final class Nets {
  static final int EXAMPLES = 6;
  static final int FEATURES = 4;
  static final int CLASSES = 3;

  private Nets() {}

  static NeuralNetConfiguration.Builder base(IUpdater updater) {
    return base(updater, DataType.DOUBLE);
  }

  static NeuralNetConfiguration.Builder base(IUpdater updater, DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .dataType(type)
        .activation(Activation.TANH)
        .updater(updater);
  }

  static DenseLayer.Builder dense() {
    return new DenseLayer.Builder().nOut(5);
  }

  static OutputLayer.Builder softmax() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX);
  }

  /** Layers on {@link #FEATURES} features. */
  static MultiLayerNetwork stack(NeuralNetConfiguration.Builder base, Layer... layers) {
    return stack(base, InputType.feedForward(FEATURES), layers);
  }

  static MultiLayerNetwork stack(
      NeuralNetConfiguration.Builder base, InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = base.list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.setInputType(input).build());
    network.init();
    return network;
  }

  /** Two dense layers and softmax. */
  static MultiLayerNetwork mlp(IUpdater updater) {
    return mlp(updater, DataType.DOUBLE);
  }

  static MultiLayerNetwork mlp(IUpdater updater, DataType type) {
    return stack(base(updater, type), dense().build(), dense().build(), softmax().build());
  }

  /** A graph with one input, whose outputs have these names. */
  static ComputationGraph graph(GraphBuilder builder, String... outputs) {
    ComputationGraph network =
        new ComputationGraph(
            builder.setInputTypes(InputType.feedForward(FEATURES)).setOutputs(outputs).build());
    network.init();
    return network;
  }

  /** A dense layer and two outputs on it. */
  static ComputationGraph twoOutputs(IUpdater updater) {
    return graph(
        base(updater)
            .graphBuilder()
            .addInputs("in")
            .addLayer("hidden", dense().build(), "in")
            .addLayer("out", softmax().build(), "hidden")
            .addLayer(
                "side",
                new OutputLayer.Builder(LossFunction.MSE)
                    .nOut(CLASSES)
                    .activation(Activation.IDENTITY)
                    .build(),
                "hidden"),
        "out",
        "side");
  }

  static DataSet data() {
    return data(DataType.DOUBLE);
  }

  /** Normal features, and classes in turn. */
  static DataSet data(DataType type) {
    return new DataSet(normal(EXAMPLES, FEATURES).castTo(type), classes(EXAMPLES).castTo(type));
  }

  static INDArray normal(long... shape) {
    Nd4j.getRandom().setSeed(5);
    return Nd4j.randn(DataType.DOUBLE, shape);
  }

  static INDArray classes(int examples) {
    return Nd4j.eye(CLASSES).castTo(DataType.DOUBLE).get(rows(examples));
  }

  private static INDArray rows(int examples) {
    int[] rows = new int[examples];
    Arrays.setAll(rows, i -> i % CLASSES);
    return Nd4j.createFromArray(rows);
  }

  /** All parameters, in the network's order. */
  static List<Double> values(Model model) {
    return values(model.params());
  }

  static List<Double> values(INDArray array) {
    return Arrays.stream(array.dup().data().asDouble()).boxed().toList();
  }

  /** The parameters of these names, one after the other. */
  static List<Double> values(Model model, String... names) {
    return Arrays.stream(names).flatMap(name -> values(model.getParam(name)).stream()).toList();
  }
}
