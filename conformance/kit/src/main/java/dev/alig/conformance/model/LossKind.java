package dev.alig.conformance.model;

import org.apiguardian.api.API;

/** How the loss reaches a Python implementation; the two divide differently in the last bit. */
@API(status = API.Status.STABLE, since = "0.1")
public enum LossKind {
  /** A Python float. */
  FLOAT,
  /** A tensor of no dimension, in the case's dtype. */
  TENSOR;

  /** The word for it in trace files. */
  public String word() {
    return this == FLOAT ? "float" : "tensor";
  }

  /** The kind of a trace file's word. */
  public static LossKind ofWord(String word) {
    return switch (word) {
      case "float" -> FLOAT;
      case "tensor" -> TENSOR;
      default ->
          throw new IllegalArgumentException("loss_kind must be float or tensor, was " + word);
    };
  }
}
