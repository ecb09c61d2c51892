package dev.alig.conformance.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * What an optimizer holds between two steps.
 *
 * @param parameters the parameters of each group
 * @param buffers one momentum buffer per parameter; empty in a group without momentum
 */
@API(status = API.Status.STABLE, since = "0.1")
public record State(List<List<Tensor>> parameters, List<List<Optional<Tensor>>> buffers) {
  /** Copies the lists. */
  public State {
    parameters = parameters.stream().map(List::copyOf).toList();
    buffers = buffers.stream().map(List::copyOf).toList();
  }

  /**
   * A copy of plain arrays, for an optimizer that works on them.
   *
   * @param groups the groups of the case, which give shapes and say which groups have buffers
   * @param parameters the elements of each parameter in row-major order, group by group
   * @param buffers the momentum in the same layout; ignored for a group without momentum
   * @throws IllegalArgumentException if an array has another size than its parameter
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

  /** What an optimizer holds after construction without a projection: buffers start as zeros. */
  public static State initial(List<Group> groups) {
    List<List<Optional<Tensor>>> buffers = new ArrayList<>();
    for (Group group : groups) {
      buffers.add(
          group.parameters().stream()
              .map(p -> Optional.of(Tensor.zeros(p.shape())).filter(any -> group.hasBuffers()))
              .toList());
    }
    return new State(groups.stream().map(Group::parameters).toList(), buffers);
  }

  /** The same buffers with other parameters. */
  public State withParameters(List<List<Tensor>> others) {
    return new State(others, buffers);
  }

  /** A state with each parameter and each buffer changed. */
  public State map(UnaryOperator<Tensor> ofParameter, UnaryOperator<Tensor> ofBuffer) {
    return new State(
        parameters.stream().map(group -> group.stream().map(ofParameter).toList()).toList(),
        buffers.stream()
            .map(group -> group.stream().map(buffer -> buffer.map(ofBuffer)).toList())
            .toList());
  }

  /** All parameters, and after them all buffers. */
  public Stream<Tensor> tensors() {
    return Stream.concat(
        parameters.stream().flatMap(List::stream),
        buffers.stream().flatMap(List::stream).flatMap(Optional::stream));
  }

  /**
   * Compares the layout with a case's groups: one parameter and one place for a buffer per
   * parameter of the case, of the same shape.
   *
   * @return what is wrong; empty if nothing is
   */
  Optional<String> misfit(List<Group> groups) {
    if (parameters.size() != groups.size() || buffers.size() != groups.size()) {
      return Optional.of(
          "parameters of %d and buffers of %d groups for %d groups"
              .formatted(parameters.size(), buffers.size(), groups.size()));
    }
    for (int g = 0; g < groups.size(); g++) {
      List<Tensor> wanted = groups.get(g).parameters();
      int found = parameters.get(g).size();
      int places = buffers.get(g).size();
      if (found != wanted.size() || places != wanted.size()) {
        return Optional.of(
            "%d parameters and places for %d buffers in group %d, which has %d parameters"
                .formatted(found, places, g, wanted.size()));
      }
      for (int i = 0; i < wanted.size(); i++) {
        List<Integer> shape = wanted.get(i).shape();
        List<Integer> actual = parameters.get(g).get(i).shape();
        List<Integer> ofBuffer = buffers.get(g).get(i).map(Tensor::shape).orElse(shape);
        if (!actual.equals(shape) || !ofBuffer.equals(shape)) {
          return Optional.of(
              "shape %s and a buffer of shape %s for parameter %d of group %d, of shape %s"
                  .formatted(actual, ofBuffer, i, g, shape));
        }
      }
    }
    return Optional.empty();
  }

  private static List<Tensor> tensors(Group group, List<double[]> arrays) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < group.parameters().size(); i++) {
      tensors.add(Tensor.of(group.parameters().get(i).shape(), arrays.get(i)));
    }
    return tensors;
  }
}
