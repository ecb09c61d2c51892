package dev.alig.experiments;

/** A part of the data that a model is evaluated on. */
public enum Part {
  /** This part chooses the best model; the model never learns from it. */
  VALIDATION,
  /** The best model is evaluated on this part once, at the end. */
  TEST
}
