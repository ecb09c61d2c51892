package dev.alig.conformance;

import java.util.List;

/**
 * What one step did.
 *
 * @param unclipped the step size before the caps
 * @param stepSizes the step size of each group
 * @param mean the mean of the step sizes over the groups, as the original reports it
 * @param after the state after the step and its projection
 */
public record TracedStep(double unclipped, List<Double> stepSizes, double mean, State after) {
  /** Copies the list. */
  public TracedStep {
    stepSizes = List.copyOf(stepSizes);
  }
}
