package dev.alig.benchmark.report;

import dev.alig.benchmark.race.Facts;
import dev.alig.benchmark.race.RaceResult;
import java.util.List;

/** All races of one worker. */
public record Run(Facts facts, List<RaceResult> races) {
  /** Copies the list. */
  public Run {
    races = List.copyOf(races);
  }

  /** Its JDK and threads, in words. */
  String title() {
    int threads = facts.threads();
    return "JDK " + facts.jdk() + ", " + threads + (threads == 1 ? " thread" : " threads");
  }
}
