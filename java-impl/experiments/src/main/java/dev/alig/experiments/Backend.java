package dev.alig.experiments;

import java.util.Locale;

/** The framework that a model is trained in. */
public enum Backend {
  /** Deeplearning4j, on ND4J. */
  DL4J,
  /** TensorFlow-Java. */
  TENSORFLOW;

  /** The name as the command line spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
