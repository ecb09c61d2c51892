package dev.alig.conformance.model;

import org.apiguardian.api.API;

/**
 * The comparison that came closest to its bound.
 *
 * @param observed the deviation from the real-number answer
 * @param bound the deviation that error analysis allows
 * @param ratio observed / bound, at most 1 where the comparison passed
 * @param caseId the case it happened in
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Worst(double observed, double bound, double ratio, String caseId) {
  /** Where nothing was compared against a bound. */
  public static final Worst NONE = new Worst(0, 0, 0, "");

  /** The comparison of a deviation with its bound; a bound of 0 allows no deviation at all. */
  public static Worst of(double observed, double bound, String caseId) {
    double ratio = observed == 0 ? 0 : observed / bound;
    return new Worst(observed, bound, ratio, caseId);
  }

  /** The one of two with the larger ratio. */
  public Worst or(Worst other) {
    return other.ratio > ratio ? other : this;
  }
}
