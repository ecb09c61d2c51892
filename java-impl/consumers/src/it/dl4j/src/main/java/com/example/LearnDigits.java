package com.example;

import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.AliGUpdater;
import dev.alig.nd4j.CsvStepLog;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A multilayer perceptron that learns digits; its steps are written to a file. */
public final class LearnDigits {
  private LearnDigits() {}

  public static void main(String[] arguments) throws IOException {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(AliGUpdater.builder().maxLearningRate(0.1).momentum(0.9).l2Ball(50).build())
            .activation(Activation.RELU)
            .list()
            .layer(new DenseLayer.Builder().nIn(Digits.SIDE * Digits.SIDE).nOut(64).build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(64)
                    .nOut(Digits.CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();

    DataSetIterator training = Digits.batches(200, 1);
    DataSetIterator test = Digits.batches(30, 2);
    try (CsvStepLog log = CsvStepLog.withParameterNorm(Path.of("target", "steps.csv"))) {
      AliGTraining.attach(network, log);
      network.fit(training, 5);
    }
    double accuracy = network.evaluate(test).accuracy();
    System.out.println("accuracy on digits not seen: " + accuracy);
    Examples.require(accuracy > 0.8, "the digits must be learned");
  }
}
