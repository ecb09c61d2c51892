package dev.alig.conformance.sweep;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alig.conformance.sweep.Fingerprint.Probe;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A probe whose bits changed between two rows; both results may lie within all bounds.
 *
 * @param group the subject of the probe
 * @param ulps the largest change of a number, in ulp; infinity if one number is NaN and the other
 *     is not, or if the counts of numbers differ
 * @param before how far the number was from the exact answer, in ulp; -1 if unknown
 * @param after how far it is now
 * @param note a remark, such as what torch raises, or an empty text
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record BitChange(
    String probe,
    String group,
    double ulps,
    @JsonProperty("off_ulps_before") double before,
    @JsonProperty("off_ulps_after") double after,
    String note) {
  /** The changes from one fingerprint to another, in the order of the probes. */
  static List<BitChange> between(Fingerprint before, Fingerprint after) {
    return after.probes().stream()
        .flatMap(now -> before.probe(now.name()).flatMap(was -> of(was, now)).stream())
        .toList();
  }

  /** The change of one probe; empty if there is none. */
  static Optional<BitChange> of(Probe was, Probe now) {
    if (was.outcome().equals(now.outcome())) {
      return Optional.empty();
    }
    boolean numbers = was.raised().isEmpty() && now.raised().isEmpty();
    String note =
        numbers
            ? ""
            : now.raised().isEmpty()
                ? "no longer raises " + was.raised()
                : "raises " + now.raised();
    double ulps = numbers ? ulps(was.places(), now.places()) : Double.POSITIVE_INFINITY;
    return Optional.of(
        new BitChange(now.name(), now.group(), ulps, was.offUlps(), now.offUlps(), note));
  }

  private static double ulps(List<Long> was, List<Long> now) {
    double largest = was.size() == now.size() ? 0 : Double.POSITIVE_INFINITY;
    for (int k = 0; k < Math.min(was.size(), now.size()); k++) {
      largest = Math.max(largest, distance(was.get(k), now.get(k)));
    }
    return largest;
  }

  private static double distance(long was, long now) {
    boolean oneIsNan = was != now && (was == Probe.NAN || now == Probe.NAN);
    return oneIsNan ? Double.POSITIVE_INFINITY : Math.abs((double) (was - now));
  }

  /** The change in words, such as {@code 3 ulp; off by 12.4 before, 0.3 after}. */
  @JsonProperty("words")
  String words() {
    if (!note.isEmpty()) {
      return note;
    }
    String size =
        Double.isInfinite(ulps)
            ? "NaN or another shape"
            : String.format(Locale.ROOT, "%,.0f ulp", ulps);
    return before < 0 || after < 0
        ? size
        : String.format(Locale.ROOT, "%s; off by %.2f before, %.2f after", size, before, after);
  }
}
