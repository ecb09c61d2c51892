package dev.alig.experiments;

/** A part of the data that a model is evaluated on. */
public enum Part {
  /** What chooses the best model; the model never learns from it. */
  VALIDATION,
  /** What the best model is tried on once, at the end. */
  TEST
}
