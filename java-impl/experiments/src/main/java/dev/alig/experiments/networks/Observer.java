package dev.alig.experiments.networks;

import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Keeps the scores and the gradient norm of a step, which Deeplearning4j itself does not keep. */
final class Observer extends BaseTrainingListener {
  private final String vertex;
  private float[][] scores = {};
  private double gradientNorm;

  /** Creates an observer that keeps the output of a vertex as the scores. */
  Observer(String vertex) {
    this.vertex = vertex;
  }

  @Override
  public void onForwardPass(Model model, Map<String, INDArray> activations) {
    INDArray found = activations.get(vertex);
    if (found != null) {
      scores = found.castTo(DataType.FLOAT).toFloatMatrix();
    }
  }

  /** Here the gradients are sums over the batch, not means. */
  @Override
  public void onGradientCalculation(Model model) {
    gradientNorm = Dl4jModel.norm(model.gradient().gradientForVariable());
  }

  /** The scores of the last batch that was trained on. */
  float[][] scores() {
    return scores;
  }

  /** The norm of the last gradient. */
  double gradientNorm() {
    return gradientNorm;
  }
}
