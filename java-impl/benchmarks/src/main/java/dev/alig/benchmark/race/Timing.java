package dev.alig.benchmark.race;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
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

  /** Median and quartiles; in files for those who read them without this class. */
  @JsonProperty(access = Access.READ_ONLY)
  public Quartiles quartiles() {
    return Quartiles.of(micros);
  }
}
