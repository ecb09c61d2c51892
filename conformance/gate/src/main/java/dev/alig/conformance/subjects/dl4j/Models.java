package dev.alig.conformance.subjects.dl4j;

import dev.alig.conformance.model.TrainingCase;
import org.nd4j.linalg.learning.config.IUpdater;

/** Creates the network of a case. */
@FunctionalInterface
interface Models {
  /** The case's model with an updater. */
  Dl4jModel of(TrainingCase trained, IUpdater updater);
}
