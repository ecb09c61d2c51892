package dev.alig.conformance.cases;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;

/**
 * A case with the trace that an original left of it.
 *
 * @param origin which original was recorded
 * @param scripted the case
 * @param trace what the original did. Of {@link Origin#TF} only the clipped step size is known; it
 *     stands for the unclipped one as well, and buffers have the sign that {@code alig.th} gives
 *     them
 */
public record Recorded(Origin origin, Scripted scripted, Trace trace) {
  /** The originals. */
  public enum Origin {
    /** The PyTorch original. */
    TH("alig.th"),
    /** The TensorFlow original: adjusted momentum, clip to [0, cap], no projection. */
    TF("alig.tf");

    private final String label;

    Origin(String label) {
      this.label = label;
    }

    /** The Python module that was recorded. */
    public String label() {
      return label;
    }
  }
}
