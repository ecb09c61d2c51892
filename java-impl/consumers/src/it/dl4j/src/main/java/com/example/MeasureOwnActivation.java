package com.example;

import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.AliGUpdater;
import dev.alig.nd4j.dl4j.SlopeReport;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/** An activation of one's own, which ALI-G takes once its gradient has been measured. */
public final class MeasureOwnActivation {
  private MeasureOwnActivation() {}

  /** The activation sin(x). */
  public static final class Sine extends BaseActivationFunction {
    private static final long serialVersionUID = 1;

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
      return Transforms.sin(in, false);
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
      return new Pair<>(Transforms.cos(in, true).muli(epsilon), null);
    }
  }

  public static void main(String[] arguments) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(AliGUpdater.builder().maxLearningRate(0.1).build())
            .list()
            .layer(new DenseLayer.Builder().nIn(2).nOut(16).activation(new Sine()).build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(16)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    INDArray features = Nd4j.create(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    INDArray labels = Nd4j.create(new double[][] {{1, 0}, {0, 1}, {0, 1}, {1, 0}});
    DataSet minibatch = new DataSet(features, labels);

    SlopeReport report = AliGTraining.verifySlope(network, minibatch);
    System.out.println(report.describe());
    AliGTraining.attach(network);
    network.fit(minibatch);
  }
}
