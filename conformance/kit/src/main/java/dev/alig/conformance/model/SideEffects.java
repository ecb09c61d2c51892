package dev.alig.conformance.model;

import java.util.List;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/**
 * What an optimizer did beside its steps, as far as it was looked for.
 *
 * @param watched how many things were looked at
 * @param found those that were not as they had been
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record SideEffects(long watched, List<SideEffect> found) {
  /**
   * One thing that an optimizer did beside a step.
   *
   * @param step the step; empty where none can be named
   * @param what a verb and its object, such as {@code changes a gradient}
   */
  public record SideEffect(OptionalInt step, String what) {
    @Override
    public String toString() {
      return step.isPresent() ? "step %d %s".formatted(step.getAsInt(), what) : what;
    }
  }

  /** Copies the list. */
  public SideEffects {
    found = List.copyOf(found);
  }
}
