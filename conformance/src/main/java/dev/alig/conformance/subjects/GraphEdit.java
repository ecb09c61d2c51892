package dev.alig.conformance.subjects;

import java.util.Optional;
import org.tensorflow.proto.GraphDef;

/** Makes another graph of the one that an optimizer added its step to; all names must stay. */
@FunctionalInterface
public interface GraphEdit {
  /** The edited graph; empty where there is nothing to edit. */
  Optional<GraphDef> apply(GraphDef graph);
}
