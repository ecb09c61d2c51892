package dev.alig.conformance.subjects.dl4j;

import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.model.TrainingCase.Objective;
import dev.alig.nd4j.GradientSum;
import dev.alig.nd4j.dl4j.AliGTraining;
import dev.alig.nd4j.dl4j.SlopeReport;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Takes steps as users do: by {@code fit}, or on the sum of the gradients of parts of the batch.
 *
 * @param inParts whether each batch is computed in parts of 1, 2, 3 … examples, of which the last
 *     has the rest
 */
record FitSteps(boolean inParts) implements Steps {
  private static final int FEW = 4;

  /** The side of small images. */
  private static final int SIDE = 16;

  @Override
  public Stepping attach(TrainingCase trained, NeuralNetwork network) {
    if (trained.objective() == Objective.HINGE || trained.model() == Model.INFERSENT) {
      verifyOwnParts(network, new Batches(trained).of(0));
    } else if (trained.objective() == Objective.TOP5) {
      verifyOwnParts(network, noise(new Batches(trained).of(0)));
    }
    AliGTraining training =
        network instanceof ComputationGraph graph
            ? AliGTraining.attach(graph)
            : AliGTraining.attach((MultiLayerNetwork) network);
    return inParts
        ? batch -> training.step(sum(training, batch.asList()))
        : batch -> {
          network.fit(batch);
          return training.lastStep().orElseThrow().report();
        };
  }

  /** The seed is that of dropout, of which these networks have none. */
  private static GradientSum sum(AliGTraining training, List<MultiDataSet> examples) {
    List<MultiDataSet> rest = examples;
    GradientSum sum = null;
    for (int part = 0; !rest.isEmpty(); part++) {
      int size = Math.min(part + 1, rest.size());
      MultiDataSet data = org.nd4j.linalg.dataset.MultiDataSet.merge(rest.subList(0, size));
      GradientSum next = training.gradient(data, part, 0);
      sum = sum == null ? next : sum.plus(next);
      rest = rest.subList(size, rest.size());
    }
    return Objects.requireNonNull(sum);
  }

  /**
   * A few small images of noise with the labels of a batch. A pass takes little time, and no unit
   * is on the kink of ReLU together with hundreds of others, as those of a uniform background are.
   */
  private static MultiDataSet noise(MultiDataSet batch) {
    INDArray images = batch.getFeatures(0);
    long[] shape = {FEW, images.size(1), SIDE, SIDE};
    double[] values = new Random(1).doubles(FEW * images.size(1) * SIDE * SIDE, -1, 1).toArray();
    INDArray labels = batch.getLabels(0);
    return new org.nd4j.linalg.dataset.MultiDataSet(
        Nd4j.createFromArray(values).castTo(images.dataType()).reshape(shape),
        labels.get(NDArrayIndex.interval(0, FEW), NDArrayIndex.all()).dup());
  }

  /**
   * Measures the gradient of a loss or vertex that is not Deeplearning4j's, as users must do with
   * their own ones.
   */
  private static void verifyOwnParts(NeuralNetwork network, MultiDataSet batch) {
    SlopeReport report =
        network instanceof ComputationGraph graph
            ? AliGTraining.verifySlope(graph, batch)
            : AliGTraining.verifySlope(
                (MultiLayerNetwork) network, new DataSet(batch.getFeatures(0), batch.getLabels(0)));
    if (!report.right()) {
      throw new IllegalStateException("the gradient of an own loss or vertex is wrong: " + report);
    }
  }
}
