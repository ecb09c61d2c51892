package dev.alig.conformance;

import java.util.List;
import java.util.Optional;

/**
 * What an implementation did with a case.
 *
 * @param constructed the state right after construction (and after loading, in a resumed case)
 * @param steps the steps it completed
 * @param raised what it refused the next step with; empty if it completed them all
 */
public record Trace(State constructed, List<TracedStep> steps, Optional<String> raised) {
  /** Copies the list. */
  public Trace {
    steps = List.copyOf(steps);
  }

  /** The state before step {@code k}. */
  public State before(int k) {
    return k == 0 ? constructed : steps.get(k - 1).after();
  }

  /** Step {@code k} as a run by itself. */
  public Trace step(int k) {
    return new Trace(before(k), steps.subList(k, k + 1), Optional.empty());
  }
}
