package dev.alig.conformance.subjects;

import dev.alig.tensorflow.Semantics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.types.family.TNumber;

/**
 * A cache of graphs by key, so that thousands of cases share a few graphs. The construction and
 * first run of a graph take as long as hundreds of steps. A full cache closes its least recently
 * used graph.
 */
final class StepGraphs implements GraphSource {
  /** The greatest number of graphs, more than the suite's generators need. */
  private static final int MOST = 600;

  private final Semantics semantics;
  private final VariableKind kind;
  private final Optional<Integer> threads;
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
    this(semantics, VariableKind.REFERENCE);
  }

  StepGraphs(Semantics semantics, VariableKind kind) {
    this(semantics, kind, Optional.empty());
  }

  /** Graphs whose sessions have their own pools with the given number of threads. */
  StepGraphs(Semantics semantics, VariableKind kind, Optional<Integer> threads) {
    this.semantics = semantics;
    this.kind = kind;
    this.threads = threads;
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
    return new StepGraph<>(key, type, semantics, kind, threads);
  }
}
