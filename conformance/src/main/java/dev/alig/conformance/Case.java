package dev.alig.conformance;

/** A problem that an {@link Implementation} runs, and two of them can be compared on. */
public sealed interface Case permits Scripted, Trained {
  /** A name that is unique among the cases of a run. */
  String id();

  /** The format that parameters, gradients and buffers have. */
  DType dtype();
}
