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

  /**
   * The same gradients with a loss that leaves the step sizes to the groups' caps alone: with an
   * infinite loss every finite denominator gives an infinite step size before the cap; a NaN goes
   * through as a NaN loss. This needs no entrance that an original lacks.
   *
   * @param stepSizes the step sizes that are to be taken
   */
  public Step leftToCaps(List<Double> stepSizes) {
    double loss = capsOf(stepSizes).isPresent() ? Double.POSITIVE_INFINITY : Double.NaN;
    return new Step(loss, LossKind.FLOAT, gradients);
  }

  /** The caps by which a step {@link #leftToCaps} takes these step sizes; none where one is NaN. */
  public static Optional<List<Double>> capsOf(List<Double> stepSizes) {
    return stepSizes.stream().anyMatch(size -> Double.isNaN(size))
        ? Optional.empty()
        : Optional.of(stepSizes);
  }

  /** Whether any parameter has a gradient. */
  public boolean hasGradient() {
    return gradients.stream().flatMap(List::stream).anyMatch(Optional::isPresent);
  }
}
