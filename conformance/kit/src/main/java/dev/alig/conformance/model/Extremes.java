package dev.alig.conformance.model;

import org.apiguardian.api.API;

/**
 * How close the numbers of one dtype came to their bounds.
 *
 * @param dtype the format
 * @param subject the subject's numbers
 * @param oracle the oracle's numbers, measured against the same real-number answers
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Extremes(DType dtype, Closeness subject, Closeness oracle) {
  /** Of the numbers of both. */
  public Extremes and(Extremes other) {
    if (dtype != other.dtype) {
      throw new IllegalArgumentException("extremes of " + dtype + " and of " + other.dtype);
    }
    return new Extremes(dtype, subject.and(other.subject), oracle.and(other.oracle));
  }
}
