package dev.alig.nd4j;

import dev.alig.StepReport;

/**
 * One step of a trainer.
 *
 * @param iteration the number of iterations before it
 * @param epoch the number of epochs completed before it
 * @param report what the step did
 */
public record StepEvent(int iteration, int epoch, StepReport report) {}
