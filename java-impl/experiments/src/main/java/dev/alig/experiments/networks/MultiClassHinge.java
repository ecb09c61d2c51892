package dev.alig.experiments.networks;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The multi-class hinge loss of the scores s: max_j(s_j + [j ≠ y]) - s_y.
 *
 * <p>DL4J has hinge losses for two classes only. The gradient is 1 at the maximum, minus 1 at y.
 * Classes are one-hot. Masks are not supported.
 */
public final class MultiClassHinge extends ScoresLoss {
  private static final long serialVersionUID = 1;

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

  private static INDArray margins(INDArray labels, INDArray activated) {
    return activated.add(labels.rsub(1));
  }
}
