package dev.alig.experiments.compare;

import dev.alig.nd4j.dl4j.AliGTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Trains a network of two hidden layers with one optimizer. All networks start with the same
 * parameters and see the data in the same order.
 */
final class Training {
  private static final int HIDDEN = 128;
  private static final int MINIBATCH = 128;
  private static final int SEED = 20_200_713;

  private final Images train;
  private final Images test;
  private final MultiLayerNetwork network;
  private final List<Epoch> epochs = new ArrayList<>();

  Training(Method method, double rate, Images train, Images test) {
    this.train = train;
    this.test = test;
    this.network = new MultiLayerNetwork(configuration(method, rate, train));
    network.init();
    if (method == Method.ALIG) {
      AliGTraining.attach(network);
    }
  }

  private static MultiLayerConfiguration configuration(Method method, double rate, Images train) {
    return new NeuralNetConfiguration.Builder()
        .seed(SEED)
        .updater(method.updater(rate))
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU)
        .list()
        .layer(new DenseLayer.Builder().nIn(train.pixels().columns()).nOut(HIDDEN).build())
        .layer(new DenseLayer.Builder().nIn(HIDDEN).nOut(HIDDEN).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .weightInit(WeightInit.XAVIER)
                .nIn(HIDDEN)
                .nOut(train.classes().columns())
                .build())
        .build();
  }

  /** Trains on all training images once, in an order that depends only on the epoch. */
  void runEpoch() {
    int[] order = order(epochs.size());
    double seconds = 0;
    for (int from = 0; from < order.length; from += MINIBATCH) {
      DataSet batch =
          train.rows(Arrays.copyOfRange(order, from, Math.min(from + MINIBATCH, order.length)));
      long start = System.nanoTime();
      network.fit(batch);
      seconds += (System.nanoTime() - start) / 1e9;
    }
    epochs.add(new Epoch(network.score(train.all()), accuracy(), seconds));
  }

  private int[] order(int epoch) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, train.size()).boxed().toList());
    Collections.shuffle(order, new Random(SEED + epoch));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private double accuracy() {
    return network
        .output(test.pixels())
        .argMax(1)
        .eq(test.classes().argMax(1))
        .castTo(Nd4j.defaultFloatingPointType())
        .meanNumber()
        .doubleValue();
  }

  /** The results of the epochs so far. */
  List<Epoch> epochs() {
    return List.copyOf(epochs);
  }
}
