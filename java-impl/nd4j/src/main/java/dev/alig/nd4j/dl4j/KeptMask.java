package dev.alig.nd4j.dl4j;

import java.io.Serializable;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keeps the mask of an output layer's gradient for its score.
 *
 * <p>Between gradient and score, a graph removes the features' mask from its outputs, unless the
 * labels have a mask.
 */
final class KeptMask implements Serializable {
  private static final long serialVersionUID = 1;

  private @Nullable INDArray kept;
  private boolean isThere;

  void keep(@Nullable INDArray mask) {
    kept = mask;
    isThere = true;
  }

  void forget() {
    kept = null;
    isThere = false;
  }

  /**
   * Computes a score with the mask that the preceding gradient used, if there was a gradient.
   *
   * @param given the layer's current mask, restored afterwards
   * @param set sets the layer's mask
   */
  double during(
      boolean training,
      @Nullable INDArray given,
      Consumer<@Nullable INDArray> set,
      DoubleSupplier score) {
    if (!training || !isThere) {
      return score.getAsDouble();
    }
    set.accept(kept);
    try {
      return score.getAsDouble();
    } finally {
      set.accept(given);
      forget();
    }
  }
}
