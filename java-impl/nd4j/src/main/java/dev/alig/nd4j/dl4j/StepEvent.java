package dev.alig.nd4j.dl4j;

import dev.alig.StepReport;

/**
 * One step of a network.
 *
 * @param iteration how many iterations DL4J counted before it
 * @param epoch how many epochs DL4J counted before it
 * @param report what the step did; its step sizes are in the order of {@link AliGTraining#groups}
 */
public record StepEvent(int iteration, int epoch, StepReport report) {}
