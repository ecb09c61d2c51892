package dev.alig.experiments.networks;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link Loss.Truncated} for Deeplearning4j. Labels have 1 at the class and 0 elsewhere. Masks are
 * not supported.
 *
 * <p>With t_j = exp(s_j - s_y) for the classes that count, the gradient by s_j is t_j / (1 + Σ t),
 * but 0 from the cut on; the gradient by s_y is minus the sum of the others.
 */
final class TruncatedLoss extends ScoresLoss {
  private static final long serialVersionUID = 1;

  private final int places;

  TruncatedLoss(int places) {
    this.places = places;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray scores, IActivation activation, INDArray mask) {
    double[][] rows = rows(scores, activation);
    int[] classes = labels.argMax(1).toIntVector();
    double[] losses = new double[rows.length];
    for (int image = 0; image < rows.length; image++) {
      losses[image] = Math.log1p(Loss.Truncated.sum(loss().terms(rows[image], classes[image])));
    }
    return Nd4j.createFromArray(losses).castTo(scores.dataType()).reshape(rows.length, 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray scores, IActivation activation, INDArray mask) {
    double[][] rows = rows(scores, activation);
    int[] classes = labels.argMax(1).toIntVector();
    for (int image = 0; image < rows.length; image++) {
      rows[image] = gradient(rows[image], classes[image]);
    }
    INDArray gradient = Nd4j.createFromArray(rows).castTo(scores.dataType());
    return activation.backprop(scores.dup(), gradient).getFirst();
  }

  private double[] gradient(double[] scores, int label) {
    double[] gradient = loss().terms(scores, label);
    double all = 1 + Loss.Truncated.sum(gradient);
    for (int j = 0; j < gradient.length; j++) {
      boolean cut = scores[j] - scores[label] > Loss.Truncated.MOST;
      gradient[j] = cut ? 0 : gradient[j] / all;
    }
    gradient[label] = -Loss.Truncated.sum(gradient);
    return gradient;
  }

  private Loss.Truncated loss() {
    return new Loss.Truncated(places);
  }

  private static double[][] rows(INDArray scores, IActivation activation) {
    return activation.getActivation(scores.dup(), true).toDoubleMatrix();
  }
}
