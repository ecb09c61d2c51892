package dev.alig.benchmark.bridge;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import dev.alig.benchmark.race.Quartiles;

/**
 * A step of some elements, by both ways.
 *
 * @param inProcess through Jep
 * @param overPipes as lines of JSON to a process
 */
public record Crossing(int elements, Split inProcess, Split overPipes) {
  /** How much longer the way over pipes is, without torch's part. */
  @JsonProperty(access = Access.READ_ONLY)
  public Quartiles crossingRatio() {
    return Quartiles.ofRatios(overPipes.still(), inProcess.still());
  }

  /** How much longer a whole step takes over pipes. */
  @JsonProperty(access = Access.READ_ONLY)
  public Quartiles stepRatio() {
    return Quartiles.ofRatios(overPipes.whole(), inProcess.whole());
  }
}
