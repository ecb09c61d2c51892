package com.example;

import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.AliGUpdater;
import java.util.Random;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** An LSTM that says each symbol one step later; it takes a step for each segment of ten. */
public final class RepeatSequences {
  private static final int SYMBOLS = 4;
  private static final int TIME = 30;
  private static final int SERIES = 16;

  private RepeatSequences() {}

  public static void main(String[] arguments) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(AliGUpdater.builder().maxLearningRate(1).momentum(0.9).build())
            .list()
            .layer(new LSTM.Builder().nIn(SYMBOLS).nOut(16).activation(Activation.TANH).build())
            .layer(
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(16)
                    .nOut(SYMBOLS)
                    .activation(Activation.SOFTMAX)
                    .build())
            .backpropType(BackpropType.TruncatedBPTT)
            .tBPTTLength(10)
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();

    AliGTraining training = AliGTraining.attach(network);
    DataSet data = data();
    for (int epoch = 0; epoch < 60; epoch++) {
      network.fit(data);
    }
    double loss = training.lastStep().orElseThrow().report().loss() / 10;
    System.out.println("loss of a symbol: " + loss);
    Examples.require(loss < 0.1, "the LSTM must learn to repeat");
  }

  private static DataSet data() {
    Random random = new Random(1);
    INDArray said = Nd4j.zeros(DataType.FLOAT, SERIES, SYMBOLS, TIME);
    INDArray repeated = Nd4j.zeros(DataType.FLOAT, SERIES, SYMBOLS, TIME);
    for (int i = 0; i < SERIES; i++) {
      int last = 0;
      for (int t = 0; t < TIME; t++) {
        repeated.putScalar(new int[] {i, last, t}, 1);
        last = random.nextInt(SYMBOLS);
        said.putScalar(new int[] {i, last, t}, 1);
      }
    }
    return new DataSet(said, repeated);
  }
}
