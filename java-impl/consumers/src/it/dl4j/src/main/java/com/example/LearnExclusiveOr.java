package com.example;

import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.AliGUpdater;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A small network that learns exclusive or. */
public final class LearnExclusiveOr {
  private LearnExclusiveOr() {}

  public static void main(String[] arguments) {
    System.out.println("final loss " + train());
  }

  static double train() {
    INDArray features = Nd4j.create(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    INDArray labels = Nd4j.create(new double[][] {{1, 0}, {0, 1}, {0, 1}, {1, 0}});
    DataSetIterator data = new SingletonDataSetIterator(new DataSet(features, labels));

    AliGUpdater updater = AliGUpdater.builder().maxLearningRate(0.1).momentum(0.9).build();
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(updater)
            .list()
            .layer(new DenseLayer.Builder().nIn(2).nOut(16).activation(Activation.TANH).build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(16)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    AliGTraining.attach(network);
    network.fit(data, 300);
    return network.score();
  }
}
