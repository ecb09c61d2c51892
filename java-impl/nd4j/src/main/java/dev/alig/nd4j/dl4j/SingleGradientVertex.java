package dev.alig.nd4j.dl4j;

import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.samediff.SameDiffGraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's vertex built on SameDiff, corrected to count the gradient once instead of twice; see
 * {@link GradientCount}.
 */
@SuppressWarnings("overrides") // DL4J's class inherits setInputs twice.
final class SingleGradientVertex extends SameDiffGraphVertex {
  private static final long serialVersionUID = 1;

  private final GradientCount gradientCount = new GradientCount();

  SingleGradientVertex(
      SameDiffVertex config,
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      DataType type) {
    super(config, graph, name, index, parameters, false, type);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaceMgr) {
    if (sameDiff == null) {
      doInit();
    }
    String[] inputNames = config.getVertexParams().getInputs().toArray(String[]::new);
    INDArray given = epsilon;
    epsilon = gradientCount.once(given, workspaceMgr, sameDiff, fn, outputKey, inputNames);
    try {
      return super.doBackward(tbptt, workspaceMgr);
    } finally {
      epsilon = given;
    }
  }
}
