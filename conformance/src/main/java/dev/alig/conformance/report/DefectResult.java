package dev.alig.conformance.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alig.conformance.gate.Event;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of an optimizer of the catalogue.
 *
 * @param name its name
 * @param kind what it is a defect of, such as {@code java}
 * @param description what is wrong with it; {@code nothing} in a sound one
 * @param caughtBy the requirement that caught it, or null where the suite let it pass
 * @param cases how many cases that took, or were tried in vain
 * @param threw whether it was caught because it failed to run a case
 */
public record DefectResult(
    String name,
    String kind,
    String description,
    @JsonProperty("caught_by") @Nullable String caughtBy,
    long cases,
    boolean threw) {
  static DefectResult of(Event.DefectTried tried) {
    return new DefectResult(
        tried.name(),
        tried.kind(),
        tried.description(),
        Optional.ofNullable(tried.caughtBy()).map(Enum::name).orElse(null),
        tried.cases(),
        tried.threw());
  }

  boolean caught() {
    return caughtBy != null;
  }
}
