package dev.alig.conformance.bounds;

import dev.alig.conformance.State;
import dev.alig.conformance.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an optimizer may hold between two steps.
 *
 * @param parameters for each group its parameters' elements in row-major order
 * @param buffers for each parameter its momentum buffer's elements, or empty
 */
public record BoundedState(
    List<List<List<Bounded>>> parameters, List<List<Optional<List<Bounded>>>> buffers) {

  /** A state that is known exactly. */
  public static BoundedState of(State state) {
    List<List<List<Bounded>>> parameters = new ArrayList<>();
    for (List<Tensor> group : state.parameters()) {
      parameters.add(group.stream().map(BoundedState::points).toList());
    }
    List<List<Optional<List<Bounded>>>> buffers = new ArrayList<>();
    for (List<Optional<Tensor>> group : state.buffers()) {
      buffers.add(group.stream().map(buffer -> buffer.map(BoundedState::points)).toList());
    }
    return new BoundedState(parameters, buffers);
  }

  /** The elements of a tensor that is known exactly. */
  static List<Bounded> points(Tensor tensor) {
    List<Bounded> points = new ArrayList<>(tensor.size());
    for (int e = 0; e < tensor.size(); e++) {
      points.add(Bounded.of(tensor.get(e)));
    }
    return points;
  }
}
