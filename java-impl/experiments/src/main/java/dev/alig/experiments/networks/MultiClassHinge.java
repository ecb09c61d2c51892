package dev.alig.experiments.networks;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The multi-class hinge loss of the scores s: max_j(s_j + [j ≠ y]) - s_y.
 *
 * <p>DL4J has hinge losses for two classes only. The gradient is 1 at the maximum, minus 1 at y.
 * Classes are one-hot. Masks are not supported.
 */
public final class MultiClassHinge implements ILossFunction {
  private static final long serialVersionUID = 1;

  @Override
  public double computeScore(
      INDArray labels, INDArray scores, IActivation activation, INDArray mask, boolean average) {
    double sum = computeScoreArray(labels, scores, activation, mask).sumNumber().doubleValue();
    return average ? sum / scores.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray scores, IActivation activation, INDArray mask) {
    INDArray activated = activation.getActivation(scores.dup(), true);
    return margins(labels, activated).max(true, 1).sub(activated.mul(labels).sum(true, 1));
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray scores, IActivation activation, INDArray mask) {
    INDArray activated = activation.getActivation(scores.dup(), true);
    INDArray largest = margins(labels, activated).argMax(1);
    INDArray gradient = labels.neg();
    for (int example = 0; example < labels.size(0); example++) {
      long winner = largest.getLong(example);
      gradient.putScalar(example, winner, gradient.getDouble(example, winner) + 1);
    }
    return activation.backprop(scores.dup(), gradient).getFirst();
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray scores, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, scores, activation, mask, average),
        computeGradient(labels, scores, activation, mask));
  }

  private static INDArray margins(INDArray labels, INDArray activated) {
    return activated.add(labels.rsub(1));
  }

  @Override
  public String name() {
    return "MultiClassHinge";
  }
}
