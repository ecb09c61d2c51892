package dev.alig.conformance.model;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * One step of a {@link StepCase}.
 *
 * @param loss the loss that the optimizer gets
 * @param lossKind how a Python implementation receives it
 * @param gradients one per parameter of each group; empty for a parameter without a gradient
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Step(double loss, LossKind lossKind, List<List<Optional<Tensor>>> gradients) {
  /** Copies the lists. */
  public Step {
    gradients = gradients.stream().map(List::copyOf).toList();
  }

  /**
   * The same gradients with a loss that lets the caps decide on the step sizes. With an infinite
   * loss, every finite denominator gives an infinite step size before the cap. A NaN step size
   * needs a NaN loss.
   *
   * @param stepSizes the step sizes to take
   */
  public Step leftToCaps(List<Double> stepSizes) {
    double loss = capsOf(stepSizes).isPresent() ? Double.POSITIVE_INFINITY : Double.NaN;
    return new Step(loss, LossKind.FLOAT, gradients);
  }

  /** The caps with which {@link #leftToCaps} takes these step sizes; empty if one is NaN. */
  public static Optional<List<Double>> capsOf(List<Double> stepSizes) {
    return stepSizes.stream().anyMatch(size -> Double.isNaN(size))
        ? Optional.empty()
        : Optional.of(stepSizes);
  }

  /** The gradients that are present, group by group. */
  public List<Tensor> presentGradients() {
    return gradients.stream().flatMap(List::stream).flatMap(Optional::stream).toList();
  }

  /** Whether any parameter has a gradient. */
  public boolean hasGradient() {
    return gradients.stream().flatMap(List::stream).anyMatch(Optional::isPresent);
  }
}
