package dev.alig.conformance.bounds;

import java.util.List;
import org.apiguardian.api.API;

/**
 * Bounds for the numbers of one step.
 *
 * @param unclipped the step size before the caps
 * @param stepSizes the step size of each group
 * @param after the state after the step and its projection
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record BoundedStep(Bounded unclipped, List<Bounded> stepSizes, BoundedState after) {}
