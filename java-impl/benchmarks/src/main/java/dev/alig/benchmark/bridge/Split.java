package dev.alig.benchmark.bridge;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import dev.alig.benchmark.race.Quartiles;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to Python, in three depths, µs for each round.
 *
 * @param empty a request without cases
 * @param still a step of an optimizer that does nothing
 * @param whole a step of {@code alig.th}
 */
public record Split(List<Double> empty, List<Double> still, List<Double> whole) {
  /** Copies the lists. */
  public Split {
    empty = List.copyOf(empty);
    still = List.copyOf(still);
    whole = List.copyOf(whole);
  }

  /** The call alone. */
  @JsonProperty(access = Access.READ_ONLY)
  public Quartiles call() {
    return Quartiles.of(empty);
  }

  /** What request, tensors and reply add to the call. */
  @JsonProperty(access = Access.READ_ONLY)
  public Quartiles conversion() {
    return difference(still, empty);
  }

  /** What the optimizer adds to that. */
  @JsonProperty(access = Access.READ_ONLY)
  public Quartiles torch() {
    return difference(whole, still);
  }

  private static Quartiles difference(List<Double> more, List<Double> less) {
    List<Double> differences = new ArrayList<>();
    for (int round = 0; round < more.size(); round++) {
      differences.add(more.get(round) - less.get(round));
    }
    return Quartiles.of(differences);
  }
}
