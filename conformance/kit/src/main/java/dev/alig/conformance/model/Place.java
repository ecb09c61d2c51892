package dev.alig.conformance.model;

import java.util.Optional;
import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * Where in a trace a number stands.
 *
 * @param step the step, from 0; {@link #CONSTRUCTION} for the state before the first
 * @param quantity what it is
 * @param group the parameter group, for what belongs to one, else 0
 * @param tensor the parameter within its group, for elements of one, else 0
 * @param element the position in row-major order, for elements, else 0
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Place(int step, Quantity quantity, int group, int tensor, int element) {
  /** In place of a step's number: the state after construction. */
  public static final int CONSTRUCTION = -1;

  /** What a number of a trace is. */
  public enum Quantity {
    /** The step size before the caps. */
    UNCLIPPED,
    /** The step size of a group. */
    STEP_SIZE,
    /** The mean of the step sizes over the groups. */
    MEAN,
    /** An element of a parameter. */
    PARAMETER,
    /** An element of a momentum buffer. */
    BUFFER
  }

  /** A step size or a mean of them. */
  public static Place of(int step, Quantity quantity, int group) {
    return new Place(step, quantity, group, 0, 0);
  }

  /** The number that stands here in a trace; empty where the trace does not have it. */
  public OptionalDouble in(Trace trace) {
    if (step >= trace.steps().size()) {
      return OptionalDouble.empty();
    }
    return switch (quantity) {
      case UNCLIPPED -> OptionalDouble.of(trace.steps().get(step).unclipped());
      case STEP_SIZE -> OptionalDouble.of(trace.steps().get(step).stepSizes().get(group));
      case MEAN -> OptionalDouble.of(trace.steps().get(step).mean());
      case PARAMETER -> element(Optional.of(state(trace).parameters().get(group).get(tensor)));
      case BUFFER -> element(state(trace).buffers().get(group).get(tensor));
    };
  }

  private State state(Trace trace) {
    return step == CONSTRUCTION ? trace.constructed() : trace.steps().get(step).after();
  }

  private OptionalDouble element(Optional<Tensor> from) {
    return from.map(t -> OptionalDouble.of(t.get(element))).orElse(OptionalDouble.empty());
  }

  @Override
  public String toString() {
    String when = step == CONSTRUCTION ? "construction" : "step " + step;
    return when
        + switch (quantity) {
          case UNCLIPPED -> ", unclipped step size";
          case STEP_SIZE -> ", step size of group " + group;
          case MEAN -> ", mean step size";
          case PARAMETER -> ", group %d, parameter %d [%d]".formatted(group, tensor, element);
          case BUFFER -> ", group %d, buffer %d [%d]".formatted(group, tensor, element);
        };
  }

  /** The places of all elements of a tensor are those of its first, with another element. */
  public Place at(int otherElement) {
    return new Place(step, quantity, group, tensor, otherElement);
  }
}
