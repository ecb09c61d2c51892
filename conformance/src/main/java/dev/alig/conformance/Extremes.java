package dev.alig.conformance;

/**
 * The numbers of one dtype that came closest to their bounds.
 *
 * @param dtype the format
 * @param subject the subject's number
 * @param oracle the oracle's number, measured against the same real-number answer
 */
public record Extremes(DType dtype, Worst subject, Worst oracle) {
  /** The ones of two that came closer. */
  public Extremes or(Extremes other) {
    if (dtype != other.dtype) {
      throw new IllegalArgumentException("extremes of " + dtype + " and of " + other.dtype);
    }
    return new Extremes(dtype, subject.or(other.subject), oracle.or(other.oracle));
  }
}
