package dev.alig.nd4j.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's layer, corrected: its gradient starts from the same state as its score; see {@link
 * SegmentStart}.
 */
final class StatefulLstm extends LSTM {
  private static final long serialVersionUID = 1;

  private final SegmentStart segmentStart = new SegmentStart();

  StatefulLstm(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray input, boolean training, boolean storeLast, LayerWorkspaceMgr workspaceMgr) {
    segmentStart.keep(tBpttStateMap);
    return super.rnnActivateUsingStoredState(input, training, storeLast, workspaceMgr);
  }

  @Override
  public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaceMgr) {
    segmentStart.forget();
    return super.activate(input, training, workspaceMgr);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
    segmentStart.forget();
    return super.activate(training, workspaceMgr);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
    return segmentStart.isThere()
        ? segmentStart.during(
            stateMap,
            () -> super.tbpttBackpropGradient(epsilon, SegmentStart.WHOLE_SEGMENT, workspaceMgr))
        : super.backpropGradient(epsilon, workspaceMgr);
  }
}
