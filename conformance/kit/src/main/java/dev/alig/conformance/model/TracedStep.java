package dev.alig.conformance.model;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What one step did.
 *
 * @param unclipped the step size before the caps
 * @param stepSizes the step size of each group
 * @param mean the mean of the step sizes over the groups, as the original reports it
 * @param after the state after the step and its projection
 */
@API(status = API.Status.STABLE, since = "0.1")
public record TracedStep(double unclipped, List<Double> stepSizes, double mean, State after) {
  /** Copies the list. */
  public TracedStep {
    stepSizes = List.copyOf(stepSizes);
  }
}
