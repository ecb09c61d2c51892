package dev.alig.spark;

import dev.alig.nd4j.GradientSum;
import dev.alig.nd4j.StepListener;
import dev.alig.nd4j.dl4j.AliGTraining;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The same training in one process, without Spark. */
final class Serial {
  /** Computes the gradient of a micro-batch, given its number in the epoch and in the step. */
  private interface Gradients {
    GradientSum of(int number, int index);
  }

  private Serial() {}

  static MultiLayerNetwork train(
      MultiLayerNetwork network,
      List<DataSet> data,
      int perStep,
      int epochs,
      long seed,
      StepListener... listeners) {
    AliGTraining training = AliGTraining.attach(network, listeners);
    Gradients gradients = (number, index) -> training.gradient(data.get(number), index, seed);
    for (int epoch = 0; epoch < epochs; epoch++) {
      epoch(training, data.size(), perStep, gradients);
      network.incrementEpochCount();
    }
    return network;
  }

  static ComputationGraph train(
      ComputationGraph network, List<MultiDataSet> data, int perStep, int epochs, long seed) {
    AliGTraining training = AliGTraining.attach(network);
    Gradients gradients = (number, index) -> training.gradient(data.get(number), index, seed);
    for (int epoch = 0; epoch < epochs; epoch++) {
      epoch(training, data.size(), perStep, gradients);
      network.incrementEpochCount();
    }
    return network;
  }

  private static void epoch(AliGTraining training, int size, int perStep, Gradients gradients) {
    for (int start = 0; start < size; start += perStep) {
      int first = start;
      training.step(
          IntStream.range(0, Math.min(perStep, size - start))
              .mapToObj(index -> gradients.of(first + index, index))
              .reduce(GradientSum::plus)
              .orElseThrow());
    }
  }
}
