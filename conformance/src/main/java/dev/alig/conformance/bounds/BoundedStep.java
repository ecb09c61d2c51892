package dev.alig.conformance.bounds;

import java.util.List;

/**
 * What one step may do.
 *
 * @param unclipped the step size before the caps
 * @param stepSizes the step size of each group
 * @param after the state after the step and its projection
 */
public record BoundedStep(Bounded unclipped, List<Bounded> stepSizes, BoundedState after) {}
