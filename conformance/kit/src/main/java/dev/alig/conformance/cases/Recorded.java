package dev.alig.conformance.cases;

import dev.alig.conformance.model.Provenance;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import org.apiguardian.api.API;

/**
 * A case with the trace that an original left of it.
 *
 * @param origin which original was recorded
 * @param scripted the case
 * @param trace what the original did. Of {@link Origin#TF} only the clipped step size is known; it
 *     stands for the unclipped one as well, and buffers have the sign that {@code alig.th} gives
 *     them
 * @param provenance where it was recorded
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Recorded(Origin origin, StepCase scripted, Trace trace, Provenance provenance) {
  /** A trace of unknown provenance. */
  public Recorded(Origin origin, StepCase scripted, Trace trace) {
    this(origin, scripted, trace, Provenance.UNKNOWN);
  }

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

  /** The same trace, with its provenance. */
  Recorded from(Provenance place) {
    return new Recorded(origin, scripted, trace, place);
  }
}
