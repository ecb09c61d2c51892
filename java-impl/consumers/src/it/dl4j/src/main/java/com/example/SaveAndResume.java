package com.example;

import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.AliGUpdater;
import java.io.File;
import java.io.IOException;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A run that is saved, restored and goes on to the same bits as one without a break. */
public final class SaveAndResume {
  private SaveAndResume() {}

  public static void main(String[] arguments) throws IOException {
    DataSetIterator data = Digits.batches(20, 1);
    MultiLayerNetwork unbroken = network();
    AliGTraining.attach(unbroken);
    unbroken.fit(data, 4);

    MultiLayerNetwork network = network();
    AliGTraining.attach(network);
    network.fit(data, 2);
    File file = new File("target", "network.zip");
    network.save(file, true);

    MultiLayerNetwork restored = MultiLayerNetwork.load(file, true);
    AliGTraining.attach(restored);
    restored.fit(data, 2);
    boolean equal = restored.params().equalsWithEps(unbroken.params(), 0);
    System.out.println("resumed as if never interrupted: " + equal);
    Examples.require(equal, "a resumed run must go on to the same bits");
  }

  private static MultiLayerNetwork network() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(AliGUpdater.builder().maxLearningRate(0.1).momentum(0.9).l2Ball(5).build())
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
