package dev.alig.nd4j.dl4j;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * One block's updater: it holds the block's momentum, and keeps DL4J from moving what the network's
 * one step has moved.
 *
 * <p>DL4J calls the blocks' updaters in order once all gradients are there, each divided by the
 * minibatch, and subtracts from the parameters what they leave of the gradients. The first call
 * takes the step; each leaves zeros.
 */
final class AliGGradientUpdater implements GradientUpdater<AliGUpdater> {
  private static final String UNATTACHED =
      "ALI-G is not attached to this network: call AliGTraining.attach(network) after init(),"
          + " restoring, cloning, transfer learning, NetworkUtils.setLearningRate, setUpdater and"
          + " clear(), which also sets the momentum to zero. ParallelWrapper and Spark, which train"
          + " copies on a part of the loss each, and layerwise pretraining cannot use it: train"
          + " with fit on one network, and pretrain with another updater";

  private final AliGUpdater config;
  private @Nullable INDArray state;
  private @Nullable Attachment attachment;

  AliGGradientUpdater(AliGUpdater config, @Nullable INDArray state) {
    this.config = config;
    this.state = state;
  }

  /**
   * Makes this block a part of the network's step.
   *
   * @param turn what happens when DL4J calls this block: the step, or nothing if it was taken
   * @param zeroed the gradients that DL4J must not apply
   */
  void attach(Turn turn, List<INDArray> zeroed) {
    attachment = new Attachment(turn, zeroed);
  }

  /** The block's momentum, a part of the state that DL4J saves; none without momentum. */
  Optional<INDArray> momentum() {
    return Optional.ofNullable(state);
  }

  @Override
  public AliGUpdater getConfig() {
    return config;
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    if (attachment == null) {
      throw new IllegalStateException(UNATTACHED);
    }
    attachment.turn.take(iteration, epoch);
    attachment.zeroed.forEach(view -> view.assign(0));
  }

  @Override
  public void setStateViewArray(
      INDArray viewArray, long[] gradientShape, char gradientOrder, boolean initialize) {
    state = initialize ? viewArray.assign(0) : viewArray;
    attachment = null;
  }

  @Override
  public Map<String, INDArray> getState() {
    return state == null ? Map.of() : Map.of("V", state);
  }

  @Override
  public void setState(Map<String, INDArray> stateMap, boolean initialize) {
    throw new UnsupportedOperationException(
        "the state of AliGUpdater is one array; use setStateViewArray");
  }

  /** What happens when DL4J calls a block. */
  interface Turn {
    void take(int iteration, int epoch);
  }

  private record Attachment(Turn turn, List<INDArray> zeroed) {}
}
