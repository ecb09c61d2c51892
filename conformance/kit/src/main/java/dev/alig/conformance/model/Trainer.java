package dev.alig.conformance.model;

import dev.alig.conformance.model.TrainingCase.RunningVariance;
import java.util.Optional;
import org.apiguardian.api.API;

/** What trains models with an optimizer: the way from data to step that a user of it takes. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Trainer {
  /** Why it cannot train on a case; empty if it can. */
  Optional<String> inapplicable(TrainingCase trained);

  /** Which variance of a batch its running variances follow; the oracle's follow the same. */
  default RunningVariance runningVariance() {
    return RunningVariance.UNBIASED;
  }

  /**
   * The same trainer, whose steps are taken on the sum of the gradients of unequal parts of each
   * batch; empty if the optimizer cannot do that.
   */
  default Optional<Trainer> inParts() {
    return Optional.empty();
  }

  /**
   * Builds the model with the case's initial weights, and the optimizer.
   *
   * @throws RuntimeException if that fails; the case then counts as broken
   */
  Training begin(TrainingCase trained);
}
