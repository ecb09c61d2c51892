package dev.alig.nd4j.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's layer, corrected: its score uses the same dropout and weight noise as its gradient.
 *
 * <p>DL4J's layer computes the score without dropout and with new noise.
 */
final class SameNoiseRnnOutputLayer extends RnnOutputLayer {
  private static final long serialVersionUID = 1;

  private final KeptOutput draw = new KeptOutput();

  SameNoiseRnnOutputLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      @Nullable INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    return draw.during(() -> super.backpropGradient(epsilon, workspaceMgr));
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
