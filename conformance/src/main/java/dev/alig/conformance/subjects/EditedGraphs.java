package dev.alig.conformance.subjects;

import dev.alig.tensorflow.Semantics;
import java.util.HashMap;
import java.util.Map;

/** Graphs of other graphs by one edit; where that leaves a graph as it is, the graph itself. */
final class EditedGraphs implements GraphSource {
  private final GraphSource originals;
  private final GraphEdit edit;
  private final Map<GraphKey, Edited> known = new HashMap<>();

  /** A graph and what became of it. */
  private record Edited(StepGraph<?> original, StepGraph<?> graph) {
    void close() {
      if (graph != original) {
        graph.close();
      }
    }
  }

  EditedGraphs(GraphSource originals, GraphEdit edit) {
    this.originals = originals;
    this.edit = edit;
  }

  @Override
  public Semantics semantics() {
    return originals.semantics();
  }

  @Override
  public StepGraph<?> of(GraphKey key) {
    StepGraph<?> original = originals.of(key);
    Edited edited = known.get(key);
    // An original that was closed meanwhile is another now, and names are asked of it.
    if (edited == null || edited.original != original) {
      if (edited != null) {
        edited.close();
      }
      edited = new Edited(original, original.edited(edit));
      known.put(key, edited);
    }
    return edited.graph;
  }
}
