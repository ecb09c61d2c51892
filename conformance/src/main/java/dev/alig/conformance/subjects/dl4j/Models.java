package dev.alig.conformance.subjects.dl4j;

import dev.alig.conformance.Trained;
import org.nd4j.linalg.learning.config.IUpdater;

/** Networks by case. */
@FunctionalInterface
interface Models {
  /** The case's model with an updater. */
  Dl4jModel of(Trained trained, IUpdater updater);
}
