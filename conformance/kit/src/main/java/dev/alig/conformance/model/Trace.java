package dev.alig.conformance.model;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What an implementation did with a case.
 *
 * @param constructed the state right after construction (and after loading, in a resumed case)
 * @param steps the steps it completed
 * @param raised what it refused the next step with; empty if it completed them all
 * @param effects what it did beside its steps; empty where nobody looked
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Trace(
    State constructed,
    List<TracedStep> steps,
    Optional<String> raised,
    Optional<SideEffects> effects) {
  /** Copies the list. */
  public Trace {
    steps = List.copyOf(steps);
  }

  /** A trace of which nobody knows what was done beside the steps. */
  public Trace(State constructed, List<TracedStep> steps, Optional<String> raised) {
    this(constructed, steps, raised, Optional.empty());
  }

  /** The state before step {@code k}. */
  public State before(int k) {
    return k == 0 ? constructed : steps.get(k - 1).after();
  }

  /** What of its states has not the layout of a case's groups; empty where all have. */
  public Optional<String> misfit(List<Group> groups) {
    for (int k = 0; k <= steps.size(); k++) {
      Optional<String> misfit = before(k).misfit(groups);
      if (misfit.isPresent()) {
        String when = k == 0 ? "after construction" : "after step " + (k - 1);
        return misfit.map(what -> when + " " + what);
      }
    }
    for (int k = 0; k < steps.size(); k++) {
      int sizes = steps.get(k).stepSizes().size();
      if (sizes != groups.size()) {
        return Optional.of(
            "step %d has %d step sizes for %d groups".formatted(k, sizes, groups.size()));
      }
    }
    return Optional.empty();
  }

  /** Step {@code k} as a run by itself. */
  public Trace step(int k) {
    return new Trace(before(k), steps.subList(k, k + 1), Optional.empty());
  }
}
