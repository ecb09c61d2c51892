package dev.alig;

import java.util.List;

/**
 * What one step did, for logs and plots.
 *
 * @param outcome whether the parameters were moved
 * @param loss the loss that the step was given
 * @param unclippedStepSize loss / (Σ‖g‖² + eps), before any cap
 * @param stepSizes the step size of each group; zeros if the step was skipped
 * @param gradientNorm √Σ‖g‖² over all gradients; 0 if there is none
 * @param normOverflowed whether a norm overflowed although every element is finite. If the norm of
 *     the gradients overflows, a finite loss gives step sizes of 0. If the norm of the parameters
 *     overflows, the projection sets them to zero. The authors' optimizer does the same; {@link
 *     Settings#wideNorm} avoids it
 */
public record StepReport(
    Outcome outcome,
    double loss,
    double unclippedStepSize,
    List<Double> stepSizes,
    double gradientNorm,
    boolean normOverflowed) {
  /** Whether a step moved the parameters. */
  public enum Outcome {
    /** The step was taken. */
    TAKEN,
    /** A value was not finite and {@link NonFinite#SKIP} is set: nothing has changed. */
    SKIPPED
  }

  /** Copies the step sizes. */
  public StepReport {
    stepSizes = List.copyOf(stepSizes);
  }

  /** This report with {@link #normOverflowed} set. */
  public StepReport withNormOverflowed() {
    return new StepReport(outcome, loss, unclippedStepSize, stepSizes, gradientNorm, true);
  }

  /**
   * The mean of the groups' step sizes, which the authors' optimizer shows as {@code step_size}.
   */
  public double meanStepSize() {
    double sum = 0;
    for (double stepSize : stepSizes) {
      sum += stepSize;
    }
    return sum / stepSizes.size();
  }
}
