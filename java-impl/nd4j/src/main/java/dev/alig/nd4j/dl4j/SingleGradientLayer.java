package dev.alig.nd4j.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's layer built on SameDiff, corrected to count the gradient once instead of twice; see {@link
 * GradientCount}.
 */
final class SingleGradientLayer extends SameDiffLayer {
  private static final long serialVersionUID = 1;

  private final GradientCount gradientCount = new GradientCount();

  SingleGradientLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    if (sameDiff == null) {
      doInit();
    }
    INDArray once = gradientCount.once(epsilon, workspaceMgr, sameDiff, fn, outputKey, INPUT_KEY);
    return super.backpropGradient(once, workspaceMgr);
  }
}
