package dev.alig.nd4j.dl4j;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The recurrent state at the start of a segment of truncated back-propagation.
 *
 * <p>DL4J's forward pass starts from the state that the previous segment left. Its backward pass
 * uses the method for whole series, which computes the activations again, from no state. So from
 * the second segment on, the gradient is that of another loss.
 */
final class SegmentStart implements Serializable {
  private static final long serialVersionUID = 1;

  /** Back-propagation goes through the whole segment, as in DL4J. */
  static final int WHOLE_SEGMENT = Integer.MAX_VALUE;

  /** A HashMap, because the layer is serializable and {@code Map} may not be. */
  private @Nullable HashMap<String, INDArray> start;

  void keep(Map<String, INDArray> state) {
    start = new HashMap<>(state);
  }

  void forget() {
    start = null;
  }

  boolean isThere() {
    return start != null;
  }

  /** Runs a backward pass that starts from the kept state, and then restores the given states. */
  <T> T during(Map<String, INDArray> states, Supplier<T> backwardPass) {
    Map<String, INDArray> before = Map.copyOf(states);
    replace(states, start == null ? Map.of() : start);
    try {
      return backwardPass.get();
    } finally {
      replace(states, before);
    }
  }

  private static void replace(Map<String, INDArray> states, Map<String, INDArray> by) {
    states.clear();
    states.putAll(by);
  }
}
