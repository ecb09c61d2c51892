package dev.alig.conformance.model;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What one step of training did.
 *
 * @param loss the model's loss of the batch, before the step
 * @param gradients the gradients of that loss
 * @param unclipped the step size before the cap
 * @param stepSize the step size
 * @param after the state after the step
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TrainedStep(
    double loss, List<Tensor> gradients, double unclipped, double stepSize, TrainedState after) {
  /** Copies the list. */
  public TrainedStep {
    gradients = List.copyOf(gradients);
  }
}
