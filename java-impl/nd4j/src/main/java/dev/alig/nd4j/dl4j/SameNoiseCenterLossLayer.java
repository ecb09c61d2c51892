package dev.alig.nd4j.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.training.CenterLossOutputLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's layer, corrected: its score uses the same noise as its gradient, and its backward pass
 * includes dropout.
 *
 * <p>DL4J's layer draws new noise for the score, and its gradient for the layers beneath ignores
 * dropout.
 */
final class SameNoiseCenterLossLayer extends CenterLossOutputLayer {
  private static final long serialVersionUID = 1;

  private final KeptOutput draw = new KeptOutput();

  SameNoiseCenterLossLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      @Nullable INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    Pair<Gradient, INDArray> pair =
        draw.during(() -> super.backpropGradient(epsilon, workspaceMgr));
    return new Pair<>(pair.getFirst(), backpropDropOutIfPresent(pair.getSecond()));
  }

  @Override
  protected INDArray preOutput2d(boolean training, LayerWorkspaceMgr workspaceMgr) {
    return draw.output(training, () -> super.preOutput2d(training, workspaceMgr));
  }

  @Override
  public void setInput(INDArray input, LayerWorkspaceMgr workspaceMgr) {
    draw.forget();
    super.setInput(input, workspaceMgr);
  }

  @Override
  public void clear() {
    draw.forget();
    super.clear();
  }
}
