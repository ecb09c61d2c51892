package dev.alig.experiments;

/**
 * What a step did.
 *
 * @param metrics those of its batch, before the step
 * @param stepSize the step size taken
 * @param unclippedStepSize the same before a cap; for other optimizers than ALI-G, the learning
 *     rate
 * @param gradientNorm the norm of the gradient
 * @param parameterNorm the norm of the parameters, after the step
 */
public record Step(
    Metrics metrics,
    double stepSize,
    double unclippedStepSize,
    double gradientNorm,
    double parameterNorm) {}
