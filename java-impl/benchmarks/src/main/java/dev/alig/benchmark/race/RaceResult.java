package dev.alig.benchmark.race;

import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Setting;
import java.util.List;
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
}
