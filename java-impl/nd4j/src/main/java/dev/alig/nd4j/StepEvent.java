package dev.alig.nd4j;

import dev.alig.StepReport;

/**
 * One step of a trainer.
 *
 * @param iteration how many iterations were counted before it
 * @param epoch how many epochs were counted before it
 * @param report what the step did
 */
public record StepEvent(int iteration, int epoch, StepReport report) {}
