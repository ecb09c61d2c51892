package dev.alig.benchmark;

import dev.alig.benchmark.TrainingRace.TrainingOptimizer;
import dev.alig.experiments.networks.Dl4jGraphs;
import dev.alig.experiments.networks.ImageModel.ImageSize;
import dev.alig.experiments.networks.WideResNet;
import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.AliGUpdater;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/** Networks of Deeplearning4j, trained by {@code fit} on one batch of random data. */
final class Dl4jTraining {
  private static final ImageSize IMAGE = new ImageSize(3, 32, 32);
  private static final int IMAGES = 8;
  private static final int BATCH = TrainingData.BATCH;
  private static final int INPUTS = TrainingData.INPUTS;
  private static final int HIDDEN = TrainingData.HIDDEN;
  private static final int CLASSES = TrainingData.CLASSES;
  private static final int STEPS = TrainingData.STEPS;

  private Dl4jTraining() {}

  static Training perceptron(TrainingOptimizer optimizer) {
    ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .updater(updater(optimizer))
            .activation(Activation.RELU)
            .list()
            .layer(new DenseLayer.Builder().nIn(INPUTS).nOut(HIDDEN).build())
            .layer(new DenseLayer.Builder().nOut(HIDDEN).build())
            .layer(new OutputLayer.Builder().nOut(CLASSES).activation(Activation.SOFTMAX).build());
    INDArray x = Nd4j.create(TrainingData.numbers(BATCH * INPUTS), new long[] {BATCH, INPUTS}, 'c');
    INDArray y = Nd4j.create(TrainingData.oneHot(BATCH, CLASSES), new long[] {BATCH, CLASSES}, 'c');
    return fit(layers, optimizer, new DataSet(x, y));
  }

  static Training lstm(TrainingOptimizer optimizer) {
    ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .updater(updater(optimizer))
            .list()
            .layer(new LSTM.Builder().nIn(HIDDEN).nOut(HIDDEN).activation(Activation.TANH).build())
            .layer(
                new RnnOutputLayer.Builder().nOut(CLASSES).activation(Activation.SOFTMAX).build());
    INDArray x =
        Nd4j.create(
            TrainingData.numbers(BATCH * HIDDEN * STEPS), new long[] {BATCH, HIDDEN, STEPS}, 'c');
    INDArray y =
        Nd4j.create(
                TrainingData.oneHot(BATCH * STEPS, CLASSES),
                new long[] {BATCH, STEPS, CLASSES},
                'c')
            .permute(0, 2, 1)
            .dup();
    return fit(layers, optimizer, new DataSet(x, y));
  }

  private static Training fit(ListBuilder layers, TrainingOptimizer optimizer, DataSet batch) {
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    if (optimizer == TrainingOptimizer.ALI_G) {
      AliGTraining.attach(network);
    }
    return new Training(() -> network.fit(batch), network::score, network::close);
  }

  static Training wideResNet(TrainingOptimizer optimizer) {
    ComputationGraph network =
        Dl4jGraphs.of(new WideResNet(10, 1, 0, CLASSES), IMAGE, updater(optimizer), DataType.FLOAT);
    if (optimizer == TrainingOptimizer.ALI_G) {
      AliGTraining.attach(network);
    }
    long[] shape = {IMAGES, IMAGE.channels(), IMAGE.height(), IMAGE.width()};
    INDArray x = Nd4j.create(TrainingData.numbers(IMAGES * IMAGE.size()), shape, 'c');
    INDArray y =
        Nd4j.create(TrainingData.oneHot(IMAGES, CLASSES), new long[] {IMAGES, CLASSES}, 'c');
    DataSet batch = new DataSet(x, y);
    return new Training(() -> network.fit(batch), network::score, network::close);
  }

  static IUpdater updater(TrainingOptimizer optimizer) {
    return switch (optimizer) {
      case ALI_G ->
          AliGUpdater.builder()
              .maxLearningRate(TrainingData.RATE)
              .momentum(TrainingData.MOMENTUM)
              .build();
      case NESTEROV -> new Nesterovs(TrainingData.RATE, TrainingData.MOMENTUM);
      case ADAM -> new Adam(TrainingData.ADAM_RATE);
    };
  }
}
