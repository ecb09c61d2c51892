package dev.alig.experiments;

/**
 * The report of one step.
 *
 * @param metrics the metrics of its batch, before the step
 * @param stepSize the step size taken
 * @param unclippedStepSize the step size before the cap; the learning rate for optimizers other
 *     than ALI-G
 * @param gradientNorm the norm of the gradient
 * @param parameterNorm the norm of the parameters, after the step
 */
public record Step(
    Metrics metrics,
    double stepSize,
    double unclippedStepSize,
    double gradientNorm,
    double parameterNorm) {}
