package com.example;

import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.AliGUpdater;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A graph with batch normalization and a residual connection; the output has a cap of its own. */
public final class LearnImages {
  private LearnImages() {}

  public static void main(String[] arguments) {
    AliGUpdater updater = AliGUpdater.builder().maxLearningRate(0.1).momentum(0.9).build();
    AliGUpdater slower = AliGUpdater.builder().maxLearningRate(0.01).momentum(0.9).build();
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(updater)
            .convolutionMode(ConvolutionMode.Same)
            .graphBuilder()
            .addInputs("image")
            .setInputTypes(InputType.convolutionalFlat(Digits.SIDE, Digits.SIDE, 1))
            .addLayer("first", convolution(), "image")
            .addLayer("second", convolution(), "first")
            .addLayer("norm", new BatchNormalization(), "second")
            .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "first", "norm")
            .addLayer(
                "digit",
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(Digits.CLASSES)
                    .activation(Activation.SOFTMAX)
                    .updater(slower)
                    .build(),
                "sum")
            .setOutputs("digit")
            .build();
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();

    AliGTraining training = AliGTraining.attach(network);
    training.groups().forEach(System.out::println);
    DataSetIterator batches = Digits.batches(20, 1);
    network.fit(batches, 8);
    double accuracy = network.evaluate(batches).accuracy();
    System.out.println("accuracy on the images: " + accuracy);
    Examples.require(accuracy > 0.9, "the images must be learned");
  }

  private static ConvolutionLayer convolution() {
    return new ConvolutionLayer.Builder(3, 3).nOut(8).activation(Activation.RELU).build();
  }
}
