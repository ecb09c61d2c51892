package dev.alig.experiments.networks;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** A loss for Deeplearning4j that adds up over the examples of a batch. Masks are not supported. */
abstract class ScoresLoss implements ILossFunction {
  private static final long serialVersionUID = 1;

  @Override
  public double computeScore(
      INDArray labels, INDArray scores, IActivation activation, INDArray mask, boolean average) {
    double sum = computeScoreArray(labels, scores, activation, mask).sumNumber().doubleValue();
    return average ? sum / scores.size(0) : sum;
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray scores, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, scores, activation, mask, average),
        computeGradient(labels, scores, activation, mask));
  }

  /** The name of the class, as Deeplearning4j's losses have it. */
  @Override
  public String name() {
    return getClass().getSimpleName();
  }
}
