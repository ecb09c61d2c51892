package dev.alig.conformance.subjects;

import dev.alig.tensorflow.Semantics;

/** Graphs by what decides them. */
interface GraphSource {
  /** Which original the optimizers in them follow. */
  Semantics semantics();

  /** A graph that can take the steps of this key. */
  StepGraph<?> of(GraphKey key);
}
