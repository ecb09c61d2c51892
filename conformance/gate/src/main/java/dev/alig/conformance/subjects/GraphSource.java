package dev.alig.conformance.subjects;

import dev.alig.tensorflow.Semantics;

/** Gives the graph for a key. */
interface GraphSource {
  /** The semantics of the optimizers in the graphs. */
  Semantics semantics();

  /** A graph that can take the steps of this key. */
  StepGraph<?> of(GraphKey key);
}
