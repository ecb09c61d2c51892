package dev.alig.benchmark.race;

import dev.alig.benchmark.contender.Contender;
import java.util.List;

/**
 * What a contender took.
 *
 * @param micros µs a step, for each round
 */
public record Timing(Contender contender, List<Double> micros) {
  /** Copies the list. */
  public Timing {
    micros = List.copyOf(micros);
  }
}
