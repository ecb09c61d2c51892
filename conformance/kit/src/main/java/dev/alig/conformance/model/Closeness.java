package dev.alig.conformance.model;

import org.apiguardian.api.API;

/**
 * How close numbers came to their bounds.
 *
 * @param worst the one that came closest
 * @param ratios how many came how close
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Closeness(Worst worst, Histogram ratios) {
  /** Where nothing was compared against a bound. */
  public static final Closeness NONE = new Closeness(Worst.NONE, Histogram.NONE);

  /** Where only the closest one is known. */
  public static Closeness of(Worst worst) {
    return new Closeness(worst, Histogram.NONE);
  }

  /** Of the numbers of both. */
  public Closeness and(Closeness other) {
    return new Closeness(worst.or(other.worst), ratios.and(other.ratios));
  }
}
