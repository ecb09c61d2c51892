package com.example;

import dev.alig.nd4j.GradientSum;
import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.AliGUpdater;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Steps on minibatches that are computed in parts. */
public final class AccumulateGradients {
  private static final int STEPS = 50;

  private AccumulateGradients() {}

  public static void main(String[] arguments) {
    MultiLayerNetwork network = network();
    AliGTraining training = AliGTraining.attach(network);
    List<DataSet> parts = new ArrayList<>();
    Digits.batches(20, 1).forEachRemaining(parts::add);
    for (int step = 0; step < STEPS; step++) {
      GradientSum sum = training.gradient(parts.get(0), 0, 42);
      for (int i = 1; i < parts.size(); i++) {
        sum = sum.plus(training.gradient(parts.get(i), i, 42));
      }
      training.step(sum);
    }
    System.out.println("loss after " + STEPS + " steps in parts: " + network.score());
    Examples.require(network.score() < 0.5, "the loss must fall from 2.3 to less than 0.5");
  }

  private static MultiLayerNetwork network() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(AliGUpdater.builder().maxLearningRate(1).momentum(0.9).build())
            .list()
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(Digits.SIDE * Digits.SIDE)
                    .nOut(Digits.CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }
}
