package dev.alig.conformance;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One parameter group of a case.
 *
 * @param maxLearningRate the cap on the group's step size; empty where the user gave none. Any
 *     number is legal, as it is in the original, so that a case can prescribe a step size
 * @param momentum the momentum factor; 0 means the group has no buffers
 * @param parameters the parameters before the optimizer is constructed
 */
public record Group(OptionalDouble maxLearningRate, double momentum, List<Tensor> parameters) {
  /** Copies the list. */
  public Group {
    parameters = List.copyOf(parameters);
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
