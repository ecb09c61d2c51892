package dev.alig.spark;

import dev.alig.nd4j.dl4j.AliGUpdater;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Small networks and micro-batches for them; the same each time. */
final class Examples {
  private static final int FEATURES = 4;
  private static final int CLASSES = 3;
  private static final int TIME = 5;

  static final AliGUpdater UPDATER =
      AliGUpdater.builder().maxLearningRate(0.3).momentum(0.5).l2Ball(3).build();

  private Examples() {}

  static NeuralNetConfiguration.Builder base(AliGUpdater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .dataType(DataType.FLOAT)
        .activation(Activation.TANH)
        .updater(updater);
  }

  /** Two dense layers. */
  static MultiLayerNetwork dense() {
    return dense(UPDATER);
  }

  static MultiLayerNetwork dense(AliGUpdater updater) {
    return stack(
        base(updater),
        InputType.feedForward(FEATURES),
        new DenseLayer.Builder().nOut(5).build(),
        softmax());
  }

  /** Batch normalization, and dropout that depends on the epoch. */
  static MultiLayerNetwork noisy() {
    return stack(
        base(UPDATER),
        InputType.feedForward(FEATURES),
        new DenseLayer.Builder().nOut(5).build(),
        new BatchNormalization.Builder().build(),
        new DropoutLayer.Builder(
                new Dropout(
                    new MapSchedule.Builder(ScheduleType.EPOCH).add(0, 0.7).add(1, 0.8).build()))
            .build(),
        softmax());
  }

  /** An LSTM in DOUBLE. */
  static MultiLayerNetwork recurrent() {
    return stack(
        base(UPDATER).dataType(DataType.DOUBLE),
        InputType.recurrent(FEATURES),
        new LSTM.Builder().nOut(4).build(),
        new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .nOut(CLASSES)
            .activation(Activation.SOFTMAX)
            .build());
  }

  private static OutputLayer softmax() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
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

  /** A dense layer with dropout, and two outputs on it. */
  static ComputationGraph graph() {
    ComputationGraph graph =
        new ComputationGraph(
            base(UPDATER)
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", new DenseLayer.Builder().nOut(5).dropOut(0.8).build(), "in")
                .addLayer("out", softmax(), "hidden")
                .addLayer(
                    "side",
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(CLASSES)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "hidden")
                .setOutputs("out", "side")
                .setInputTypes(InputType.feedForward(FEATURES))
                .build());
    graph.init();
    return graph;
  }

  /** Micro-batches of 1 to 4 examples. */
  static List<DataSet> data(int microBatches) {
    return IntStream.range(0, microBatches).mapToObj(Examples::microBatch).toList();
  }

  static DataSet microBatch(int number) {
    Nd4j.getRandom().setSeed(number + 1);
    int examples = 1 + number % 4;
    return new DataSet(Nd4j.randn(DataType.FLOAT, examples, FEATURES), classes(examples, number));
  }

  static List<DataSet> series(int microBatches) {
    return IntStream.range(0, microBatches)
        .mapToObj(
            number -> {
              Nd4j.getRandom().setSeed(number + 1);
              int examples = 1 + number % 3;
              INDArray mask = Nd4j.ones(DataType.DOUBLE, examples, TIME);
              mask.putScalar(0, TIME - 1, 0);
              INDArray labels = Nd4j.zeros(DataType.DOUBLE, examples, CLASSES, TIME);
              for (int i = 0; i < examples * TIME; i++) {
                labels.putScalar(i / TIME, (i + number) % CLASSES, i % TIME, 1);
              }
              return new DataSet(
                  Nd4j.randn(DataType.DOUBLE, examples, FEATURES, TIME), labels, mask, mask.dup());
            })
        .toList();
  }

  static List<org.nd4j.linalg.dataset.api.MultiDataSet> twoOutputs(int microBatches) {
    return data(microBatches).stream()
        .<org.nd4j.linalg.dataset.api.MultiDataSet>map(
            data ->
                new MultiDataSet(
                    new INDArray[] {data.getFeatures()},
                    new INDArray[] {data.getLabels(), data.getLabels().mul(2)}))
        .toList();
  }

  private static INDArray classes(int examples, int first) {
    INDArray classes = Nd4j.zeros(DataType.FLOAT, examples, CLASSES);
    for (int i = 0; i < examples; i++) {
      classes.putScalar(i, (first + i) % CLASSES, 1);
    }
    return classes;
  }

  /** All parameters, and then the momentum. */
  static List<Double> state(Model model) {
    INDArray state =
        (model instanceof MultiLayerNetwork stack
                ? stack.getUpdater()
                : ((ComputationGraph) model).getUpdater())
            .getStateViewArray();
    return Arrays.stream(new INDArray[] {model.params(), state})
        .flatMapToDouble(array -> Arrays.stream(array.dup().data().asDouble()))
        .boxed()
        .toList();
  }
}
