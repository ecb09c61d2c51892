package dev.alig.conformance;

import java.util.Optional;

/** What trains models with an optimizer: the way from data to step that a user of it takes. */
public interface Trainer {
  /** Why it cannot train on a case; empty if it can. */
  Optional<String> inapplicable(Trained trained);

  /**
   * Builds the model with the case's initial weights, and the optimizer.
   *
   * @throws RuntimeException if that fails; the case then counts as broken
   */
  Training begin(Trained trained);
}
