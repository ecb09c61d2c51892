package dev.alig.conformance.releases;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alig.conformance.releases.Fingerprint.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A probe whose bits are not those of another release, though both may lie within all bounds.
 *
 * @param probe its name
 * @param group what it concerns
 * @param ulps the largest change of a number in units in the last place
 * @param before how far the number was from the exact answer, in those units; -1 where that is not
 *     known
 * @param after how far it is
 * @param note what else is to say, such as what torch raises, or an empty text
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BitChange(
    String probe,
    String group,
    double ulps,
    @JsonProperty("off_ulps_before") double before,
    @JsonProperty("off_ulps_after") double after,
    String note) {

  /** What changed from one release to another, in the order of the probes. */
  static List<BitChange> between(Fingerprint older, Fingerprint newer) {
    List<BitChange> changes = new ArrayList<>();
    for (Probe now : newer.probes()) {
      older.probe(now.name()).flatMap(was -> of(was, now)).ifPresent(changes::add);
    }
    return changes;
  }

  /** The change of one probe; empty where there is none. */
  static Optional<BitChange> of(Probe was, Probe now) {
    if (was.outcome().equals(now.outcome())) {
      return Optional.empty();
    }
    boolean numbers = was.raised().isEmpty() && now.raised().isEmpty();
    double ulps =
        numbers
            ? Bits.ulps(was.bits(), now.bits(), Bits.HalfType.of(now.name()))
            : Double.POSITIVE_INFINITY;
    return Optional.of(
        new BitChange(now.name(), now.group(), ulps, was.offUlps(), now.offUlps(), note(was, now)));
  }

  private static String note(Probe was, Probe now) {
    if (!now.raised().isEmpty()) {
      return "raises " + now.raised();
    }
    return was.raised().isEmpty() ? "" : "no longer raises " + was.raised();
  }

  /** The change in words, such as {@code 3 ulp; off by 12.4 before, 0.3 after}. */
  @JsonProperty("words")
  public String words() {
    if (!note.isEmpty()) {
      return note;
    }
    String size =
        Double.isInfinite(ulps)
            ? "NaN or another shape"
            : String.format(Locale.ROOT, "%,.0f ulp", ulps);
    if (before < 0 || after < 0) {
      return size;
    }
    return String.format(Locale.ROOT, "%s; off by %.2f before, %.2f after", size, before, after);
  }
}
