package com.example;

import dev.alig.nd4j.dl4j.AliGUpdater;
import dev.alig.spark.SparkAliG;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network that learns on a Spark cluster in which of four quadrants a point lies. */
public final class TrainOnSpark {
  private static final int EXAMPLES = 16;

  private TrainOnSpark() {}

  public static void main(String[] arguments) {
    SparkConf conf =
        new SparkConf()
            .setAppName("quadrants")
            .setIfMissing("spark.master", "local[2]")
            .setIfMissing("spark.log.level", "WARN");
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      MultiLayerNetwork network = network();
      List<Integer> numbers = IntStream.range(0, 32).boxed().toList();
      JavaRDD<DataSet> data = context.parallelize(numbers).map(TrainOnSpark::microBatch);

      SparkAliG training = SparkAliG.builder(context, network).microBatchesPerStep(8).build();
      training.fit(data, 10);
      System.out.println("final loss " + network.score());
    }
  }

  /** Runs on the executors. The same number gives the same data. */
  private static DataSet microBatch(int number) {
    Nd4j.getRandom().setSeed(number + 1);
    INDArray features = Nd4j.randn(EXAMPLES, 2);
    INDArray labels = Nd4j.zeros(EXAMPLES, 4);
    for (int i = 0; i < EXAMPLES; i++) {
      int right = features.getFloat(i, 0) > 0 ? 1 : 0;
      int above = features.getFloat(i, 1) > 0 ? 2 : 0;
      labels.putScalar(i, right + above, 1);
    }
    return new DataSet(features, labels);
  }

  private static MultiLayerNetwork network() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(AliGUpdater.builder().maxLearningRate(1).momentum(0.9).build())
            .list()
            .layer(new DenseLayer.Builder().nIn(2).nOut(16).activation(Activation.TANH).build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(16)
                    .nOut(4)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }
}
