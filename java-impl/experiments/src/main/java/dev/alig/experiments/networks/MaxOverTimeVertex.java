package dev.alig.experiments.networks;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A {@link MaxOverTime} in a graph. It keeps nothing between the passes. */
@SuppressWarnings("overrides") // Deeplearning4j's own: an array where its interface has varargs
public class MaxOverTimeVertex extends BaseGraphVertex {
  private static final long serialVersionUID = 1;

  /** Creates the vertex, as {@link MaxOverTime#instantiate} is told. */
  public MaxOverTimeVertex(ComputationGraph graph, String name, int index, DataType type) {
    super(graph, name, index, null, null, type);
  }

  /** Whether the error of a maximum goes to a step: not if the step is padding. */
  protected boolean takesError(int step, int length) {
    return step < length;
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public @Nullable Layer getLayer() {
    return null;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    return workspaces.dup(ArrayType.ACTIVATIONS, visible().max(2));
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray best = visible().argMax(2);
    long[] shape = inputs[0].shape();
    INDArray error = workspaces.create(ArrayType.ACTIVATION_GRAD, epsilon.dataType(), shape, 'f');
    for (int step = 0; step < shape[2]; step++) {
      INDArray chosen = best.eq(step).castTo(epsilon.dataType()).muli(epsilon);
      error
          .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(step))
          .assign(chosen.muliColumnVector(takers(step)));
    }
    INDArray ofLengths =
        workspaces.create(ArrayType.ACTIVATION_GRAD, epsilon.dataType(), inputs[1].shape(), 'c');
    return new Pair<>(null, new INDArray[] {error, ofLengths});
  }

  /** The states, with 0 at padding that is seen, and -∞ at steps beyond it. */
  private INDArray visible() {
    INDArray states = inputs[0];
    int sentences = (int) states.size(0);
    int steps = (int) states.size(2);
    double[] valid = new double[sentences * steps];
    double[] beyond = new double[sentences * steps];
    for (int sentence = 0; sentence < sentences; sentence++) {
      int own = length(sentence, 0);
      int longest = length(sentence, 1);
      for (int step = 0; step < steps; step++) {
        valid[sentence * steps + step] = step < own ? 1 : 0;
        beyond[sentence * steps + step] = step < longest ? 0 : Double.NEGATIVE_INFINITY;
      }
    }
    return states.mul(bySteps(valid, states)).addi(bySteps(beyond, states));
  }

  /** One number for each sentence and step, which broadcasts over the components of the states. */
  private static INDArray bySteps(double[] values, INDArray states) {
    return Nd4j.createFromArray(values)
        .castTo(states.dataType())
        .reshape(states.size(0), 1, states.size(2));
  }

  /** A column with 1 for each sentence whose step takes the error, and 0 for others. */
  private INDArray takers(int step) {
    double[] takers = new double[(int) inputs[0].size(0)];
    for (int sentence = 0; sentence < takers.length; sentence++) {
      takers[sentence] = takesError(step, length(sentence, 0)) ? 1 : 0;
    }
    return Nd4j.createFromArray(takers).castTo(epsilon.dataType()).reshape(takers.length, 1);
  }

  private int length(int sentence, int which) {
    return inputs[1].getInt(sentence, which);
  }

  @Override
  public void setBackpropGradientsViewArray(@Nullable INDArray view) {
    if (view != null) {
      throw new IllegalArgumentException("a maximum has no parameters, so it takes no gradients");
    }
  }

  /** The lengths are an input, so masks are neither needed nor passed on. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int sentences) {
    return new Pair<>(null, state);
  }

  @Override
  public String toString() {
    return "MaxOverTimeVertex(" + getVertexName() + ")";
  }
}
