package dev.alig.nd4j.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's layer, corrected: its score uses the same mask as its gradient; see {@link KeptMask}. */
final class SameMaskOutputLayer extends OutputLayer {
  private static final long serialVersionUID = 1;

  private final KeptMask mask = new KeptMask();

  SameMaskOutputLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      @Nullable INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    mask.keep(maskArray);
    return super.backpropGradient(epsilon, workspaceMgr);
  }

  @Override
  public double computeScore(double penalty, boolean training, LayerWorkspaceMgr workspaceMgr) {
    return mask.during(
        training,
        maskArray,
        kept -> maskArray = kept,
        () -> super.computeScore(penalty, training, workspaceMgr));
  }

  @Override
  public void setInput(INDArray input, LayerWorkspaceMgr workspaceMgr) {
    mask.forget();
    super.setInput(input, workspaceMgr);
  }

  @Override
  public void clear() {
    mask.forget();
    super.clear();
  }
}
