package dev.alig.conformance.subjects;

import dev.alig.tensorflow.Semantics;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.types.family.TNumber;

/**
 * Graphs by what decides them, so that thousands of cases share a few: to build one and to run it
 * for the first time takes as long as hundreds of steps. The one not used for longest is closed.
 */
final class StepGraphs implements GraphSource {
  /** More than the suite's own generators have circumstances for. */
  private static final int MOST = 600;

  private final Semantics semantics;
  private final Map<GraphKey, StepGraph<?>> graphs =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<GraphKey, StepGraph<?>> eldest) {
          if (size() <= MOST) {
            return false;
          }
          eldest.getValue().close();
          return true;
        }
      };

  StepGraphs(Semantics semantics) {
    this.semantics = semantics;
  }

  @Override
  public Semantics semantics() {
    return semantics;
  }

  @Override
  public StepGraph<?> of(GraphKey key) {
    StepGraph<?> known = graphs.get(key);
    if (known == null) {
      known = create(key, TensorFlowTensors.type(key.dtype()));
      graphs.put(key, known);
    }
    return known;
  }

  private <T extends TNumber> StepGraph<T> create(GraphKey key, Class<T> type) {
    return new StepGraph<>(key, type, semantics);
  }
}
