package dev.alig.benchmark.bridge;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import dev.alig.benchmark.race.Quartiles;
import java.util.List;

/**
 * What the bridge costs.
 *
 * @param jdk the feature release of the JVM
 * @param crossings by the number of elements
 * @param comparedSteps steps of the ND4J subject that were compared in a second, judge included,
 *     for each round
 */
public record BridgeResult(int jdk, List<Crossing> crossings, List<Double> comparedSteps) {
  /** Copies the lists. */
  public BridgeResult {
    crossings = List.copyOf(crossings);
    comparedSteps = List.copyOf(comparedSteps);
  }

  /** Compared steps in a second. */
  @JsonProperty(access = Access.READ_ONLY)
  public Quartiles comparedStepsPerSecond() {
    return Quartiles.of(comparedSteps);
  }
}
