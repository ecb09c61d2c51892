package dev.alig.conformance.subjects;

import java.util.Optional;
import org.tensorflow.proto.GraphDef;

/** Edits a copy of a graph with an optimizer's step. It must keep all names. */
@FunctionalInterface
public interface GraphEdit {
  /** The edited graph; empty if the edit changes nothing. */
  Optional<GraphDef> apply(GraphDef graph);
}
