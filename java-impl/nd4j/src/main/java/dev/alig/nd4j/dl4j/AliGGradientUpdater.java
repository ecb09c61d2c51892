package dev.alig.nd4j.dl4j;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;

/**
 * The updater of one block of parameters. It holds the block's momentum, and sets the gradients to
 * 0 after ALI-G's step, so that DL4J does not apply them too.
 *
 * <p>When all gradients are computed and divided by the minibatch size, DL4J calls the blocks'
 * updaters in order. It then subtracts the gradients, as the updaters left them, from the
 * parameters. The first call takes the step of the whole network.
 */
final class AliGGradientUpdater implements GradientUpdater<AliGUpdater> {
  static final String UNATTACHED =
      "ALI-G is not attached to this network: call AliGTraining.attach(network) after init(),"
          + " restoring, cloning, transfer learning, NetworkUtils.setLearningRate, setUpdater and"
          + " clear(), which also sets the momentum to zero. ParallelWrapper, Spark and layerwise"
          + " pretraining cannot use ALI-G, because they do not train on the loss of the whole"
          + " network and minibatch: train with fit on one network, and pretrain with another updater";

  private final AliGUpdater config;
  private @Nullable INDArray state;
  private @Nullable Attachment attachment;

  AliGGradientUpdater(AliGUpdater config, @Nullable INDArray state) {
    this.config = config;
    this.state = state;
  }

  /**
   * Attaches this block to the network's step.
   *
   * @param turn what to do when DL4J calls this block: take the step, or nothing if it is taken
   * @param zeroed the gradients that DL4J must not apply
   */
  void attach(Turn turn, List<INDArray> zeroed) {
    attachment = new Attachment(turn, zeroed);
  }

  /** Whether the block is attached, and DL4J has not given it another state since. */
  boolean isAttached() {
    return attachment != null;
  }

  /**
   * The block's momentum, a part of the state that DL4J saves; empty if the block has no momentum.
   */
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

  /** What to do when DL4J calls a block. */
  interface Turn {
    void take(int iteration, int epoch);
  }

  private record Attachment(Turn turn, List<INDArray> zeroed) {}
}
