package dev.alig.benchmark.race;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all contenders of a race took. */
public record RaceResult(Setting setting, List<Timing> timings) {
  /** Copies the list. */
  public RaceResult {
    timings = List.copyOf(timings);
  }

  /** A contender's timing, if it took part. */
  public Optional<Timing> of(Contender contender) {
    return timings.stream().filter(timing -> timing.contender() == contender).findAny();
  }

  /** All ratios that its contenders have, by the names of the two. */
  @JsonProperty(access = Access.READ_ONLY)
  public Map<String, Quartiles> ratios() {
    Map<String, Quartiles> ratios = new LinkedHashMap<>();
    for (Comparison comparison : Comparison.values()) {
      comparison.of(this).ifPresent(ratio -> ratios.put(comparison.label(), ratio));
    }
    return ratios;
  }
}
