package dev.alig.conformance.trained;

import org.apiguardian.api.API;

/**
 * The largest relative difference of a quantity in a case, and where it came closest to its bound.
 *
 * @param relative the largest |subject - oracle| / |oracle|
 * @param bound the relative difference that was allowed there
 * @param ratio the largest difference / bound of any step, which may be another one
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Peak(double relative, double bound, double ratio) {
  /** Where nothing was compared. */
  public static final Peak NONE = new Peak(0, 0, 0);

  /** With one more comparison. */
  public Peak and(double difference, double allowed, double size) {
    double found = difference == 0 ? 0 : difference / size;
    double closest = Math.max(ratio, difference == 0 ? 0 : difference / allowed);
    return found > relative
        ? new Peak(found, allowed / size, closest)
        : new Peak(relative, bound, closest);
  }
}
