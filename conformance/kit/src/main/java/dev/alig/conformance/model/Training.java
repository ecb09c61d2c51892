package dev.alig.conformance.model;

import java.util.Optional;
import org.apiguardian.api.API;

/** A model under training. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Training extends AutoCloseable {
  /** What the model and the optimizer hold now. */
  TrainedState state();

  /** Puts parameters, momentum buffers and running statistics in place of what is held. */
  void load(TrainedState state);

  /**
   * Takes the step on a batch.
   *
   * <p>Loss and gradients are to be the model's own, read before the optimizer sees them, so that a
   * failure can tell the model from the step.
   *
   * @param step which of the case's batches
   */
  TrainedStep step(int step);

  /**
   * The scores that the model gives the examples of a batch in evaluation: with the running
   * statistics and without dropout.
   *
   * @param step which of the case's batches
   * @return one row per example; empty if the model is not evaluated
   */
  default Optional<Tensor> scores(int step) {
    return Optional.empty();
  }

  @Override
  void close();
}
