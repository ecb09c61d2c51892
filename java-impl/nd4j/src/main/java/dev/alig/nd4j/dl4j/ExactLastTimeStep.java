package dev.alig.nd4j.dl4j;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.LastTimeStepLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.TimeSeriesUtils;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * DL4J's LastTimeStep layer, corrected to keep the data type of a masked series.
 *
 * <p>DL4J's layer copies the last steps into an array of ND4J's default type. So it rounds the
 * activations of a DOUBLE network to FLOAT, and the loss becomes a step function whose slope is 0
 * or infinite.
 */
final class ExactLastTimeStep extends LastTimeStepLayer {
  private static final long serialVersionUID = 1;

  private int[] last = {};
  private long[] shape = {};

  ExactLastTimeStep(Layer underlying) {
    super(underlying);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
    return lastSteps(underlying.activate(training, workspaceMgr), workspaceMgr);
  }

  @Override
  public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaceMgr) {
    return lastSteps(underlying.activate(input, training, workspaceMgr), workspaceMgr);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    INDArray series =
        workspaceMgr.create(ArrayType.ACTIVATION_GRAD, epsilon.dataType(), shape, 'f');
    for (int i = 0; i < last.length; i++) {
      step(series, i).assign(example(epsilon, i));
    }
    return underlying.backpropGradient(series, workspaceMgr);
  }

  private INDArray lastSteps(INDArray series, LayerWorkspaceMgr workspaceMgr) {
    shape = series.shape();
    last = lastIndices(underlying.getMaskArray());
    long features = series.length() / shape[0] / length();
    INDArray steps =
        workspaceMgr.create(ArrayType.ACTIVATIONS, series.dataType(), shape[0], features);
    for (int i = 0; i < last.length; i++) {
      example(steps, i).assign(step(series, i));
    }
    return steps;
  }

  private int[] lastIndices(@Nullable INDArray mask) {
    int[] indices = new int[(int) shape[0]];
    Arrays.setAll(indices, i -> mask == null ? length() - 1 : lastOf(mask, i));
    return indices;
  }

  private int lastOf(INDArray mask, int example) {
    return IntStream.iterate(length() - 1, step -> step >= 0, step -> step - 1)
        .filter(step -> mask.getDouble(example, step) != 0)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "example %d has no last step: its mask is all 0; remove the example"
                        .formatted(example)));
  }

  private int length() {
    return (int) shape[timeFirst() ? 1 : 2];
  }

  private boolean timeFirst() {
    return TimeSeriesUtils.getFormatFromRnnLayer(underlying.conf().getLayer()) == RNNFormat.NWC;
  }

  /** One example's last step. */
  private INDArray step(INDArray series, int example) {
    var step = NDArrayIndex.point(last[example]);
    return timeFirst()
        ? series.get(NDArrayIndex.point(example), step, NDArrayIndex.all())
        : series.get(NDArrayIndex.point(example), NDArrayIndex.all(), step);
  }

  private static INDArray example(INDArray steps, int example) {
    return steps.get(NDArrayIndex.point(example), NDArrayIndex.all());
  }
}
