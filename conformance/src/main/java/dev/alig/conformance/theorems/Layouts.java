package dev.alig.conformance.theorems;

import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One vector as the tensors of parameter groups, and back. */
final class Layouts {
  private Layouts() {}

  /** A vector cut into tensors of the given sizes. */
  static List<List<Tensor>> cut(Tensor vector, List<List<Integer>> layout) {
    double[] values = vector.toArray();
    List<List<Tensor>> groups = new ArrayList<>();
    int from = 0;
    for (List<Integer> sizes : layout) {
      List<Tensor> tensors = new ArrayList<>();
      for (int size : sizes) {
        tensors.add(Tensor.vector(Arrays.copyOfRange(values, from, from + size)));
        from += size;
      }
      groups.add(tensors);
    }
    return groups;
  }

  /** The vector that tensors were cut from. */
  static Tensor joined(List<List<Tensor>> groups) {
    return Tensor.vector(
        groups.stream()
            .flatMap(List::stream)
            .flatMapToDouble(tensor -> Arrays.stream(tensor.toArray()))
            .toArray());
  }

  /** The gradient of a step that has one for each parameter. */
  static Tensor gradient(Step step) {
    return joined(
        step.gradients().stream()
            .map(group -> group.stream().map(Optional::orElseThrow).toList())
            .toList());
  }

  static boolean isFinite(Tensor tensor) {
    return Arrays.stream(tensor.toArray()).allMatch(Double::isFinite);
  }
}
