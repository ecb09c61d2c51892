package dev.alig.conformance.model;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a model and its optimizer hold between two steps, in torch's shapes and order.
 *
 * @param parameters the parameters
 * @param buffers their momentum buffers; empty without momentum
 * @param statistics the running statistics of batch normalization
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TrainedState(List<Tensor> parameters, List<Tensor> buffers, List<Tensor> statistics) {
  /** Copies the lists. */
  public TrainedState {
    parameters = List.copyOf(parameters);
    buffers = List.copyOf(buffers);
    statistics = List.copyOf(statistics);
    if (!buffers.isEmpty() && buffers.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "%d momentum buffers for %d parameters".formatted(buffers.size(), parameters.size()));
    }
  }

  /** What of it the optimizer holds, as one group. */
  public State ofOptimizer() {
    List<Optional<Tensor>> momenta =
        buffers.isEmpty()
            ? parameters.stream().map(any -> Optional.<Tensor>empty()).toList()
            : buffers.stream().map(Optional::of).toList();
    return new State(List.of(parameters), List.of(momenta));
  }
}
