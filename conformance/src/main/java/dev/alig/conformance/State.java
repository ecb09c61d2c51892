package dev.alig.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an optimizer holds between two steps.
 *
 * @param parameters for each group its parameters
 * @param buffers for each parameter its momentum buffer, or empty in a group without momentum
 */
public record State(List<List<Tensor>> parameters, List<List<Optional<Tensor>>> buffers) {
  /** Copies the lists. */
  public State {
    parameters = parameters.stream().map(List::copyOf).toList();
    buffers = buffers.stream().map(List::copyOf).toList();
  }

  /**
   * A copy of what plain arrays hold, for an optimizer that works on such.
   *
   * @param groups the groups of the case: they know the shapes, and which of them have buffers
   * @param parameters for each group its parameters' elements in row-major order
   * @param buffers likewise the momentum; what stands for a group without momentum is left out
   * @throws IllegalArgumentException if an array is not of its parameter's size
   */
  public static State of(
      List<Group> groups, List<List<double[]>> parameters, List<List<double[]>> buffers) {
    List<List<Tensor>> values = new ArrayList<>();
    List<List<Optional<Tensor>>> momenta = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      values.add(tensors(group, parameters.get(g)));
      momenta.add(
          tensors(group, buffers.get(g)).stream()
              .map(buffer -> Optional.of(buffer).filter(any -> group.hasBuffers()))
              .toList());
    }
    return new State(values, momenta);
  }

  private static List<Tensor> tensors(Group group, List<double[]> arrays) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < group.parameters().size(); i++) {
      tensors.add(Tensor.of(group.parameters().get(i).shape(), arrays.get(i)));
    }
    return tensors;
  }
}
