package dev.alig.conformance.subjects;

import dev.alig.tensorflow.Semantics;
import java.util.HashMap;
import java.util.Map;

/** Edited copies of graphs. If the edit changes nothing, it gives the graph itself. */
final class EditedGraphs implements GraphSource {
  private final GraphSource originals;
  private final GraphEdit edit;
  private final Map<GraphKey, Edited> known = new HashMap<>();

  /** A graph and its edited copy. */
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
    // If the original was closed meanwhile, there is a new one, whose names must be used.
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
