package dev.alig.conformance.model;

import java.util.List;
import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * One parameter group of a case.
 *
 * @param maxLearningRate the cap on the group's step size; empty for none. Any number is legal, as
 *     in the original, so that a case can prescribe a step size
 * @param momentum the momentum factor; 0 means the group has no buffers
 * @param parameters the parameters before the optimizer is constructed
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Group(OptionalDouble maxLearningRate, double momentum, List<Tensor> parameters) {
  /** Copies the list. */
  public Group {
    parameters = List.copyOf(parameters);
  }

  /** The same group with another cap. */
  public Group withCap(OptionalDouble cap) {
    return new Group(cap, momentum, parameters);
  }

  /** The same group with other parameters. */
  public Group withParameters(List<Tensor> others) {
    return new Group(maxLearningRate, momentum, others);
  }

  /** Whether the optimizer keeps a buffer for each parameter of this group. */
  public boolean hasBuffers() {
    return momentum != 0;
  }

  /** The cap, or infinity where there is none. */
  public double cap() {
    return maxLearningRate.orElse(Double.POSITIVE_INFINITY);
  }
}
