package dev.alig.conformance;

import java.util.List;
import java.util.Optional;

/**
 * One step of a scripted case.
 *
 * @param loss the loss handed to the optimizer
 * @param lossKind how a Python implementation receives it
 * @param gradients for each group and each of its parameters the gradient, or empty where the
 *     parameter has none in this step
 */
public record Step(double loss, LossKind lossKind, List<List<Optional<Tensor>>> gradients) {
  /** Copies the lists. */
  public Step {
    gradients = gradients.stream().map(List::copyOf).toList();
  }

  /** Whether any parameter has a gradient. */
  public boolean hasGradient() {
    return gradients.stream().flatMap(List::stream).anyMatch(Optional::isPresent);
  }
}
