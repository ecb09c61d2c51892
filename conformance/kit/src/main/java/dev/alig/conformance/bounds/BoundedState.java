package dev.alig.conformance.bounds;

import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Bounds for an optimizer's state between two steps.
 *
 * @param parameters per group and parameter, the elements in row-major order
 * @param buffers per group and parameter, the elements of the momentum buffer; empty without one
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record BoundedState(
    List<List<List<Bounded>>> parameters, List<List<Optional<List<Bounded>>>> buffers) {

  /** A state that is known exactly. */
  public static BoundedState of(State state) {
    return new BoundedState(
        state.parameters().stream()
            .map(group -> group.stream().map(BoundedState::points).toList())
            .toList(),
        state.buffers().stream()
            .map(group -> group.stream().map(v -> v.map(BoundedState::points)).toList())
            .toList());
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
