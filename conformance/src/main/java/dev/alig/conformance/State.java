package dev.alig.conformance;

import java.util.List;
import java.util.Optional;

/**
 * What an optimizer holds between two steps.
 *
 * @param parameters for each group its parameters
 * @param buffers for each parameter its momentum buffer, or empty in a group without momentum
 */
public record State(List<List<Tensor>> parameters, List<List<Optional<Tensor>>> buffers) {
  /** Copies the lists. */
  public State {
    parameters = parameters.stream().map(List::copyOf).toList();
    buffers = buffers.stream().map(List::copyOf).toList();
  }
}
