package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Where a case keeps what an optimizer keeps; {@code alig_oracle/baselines.py} reads the same.
 *
 * <p>The first group holds the parameters that are learned. The second holds the vectors of the
 * state, each in as many tensors as there are parameters, then one tensor of numbers and one of
 * settings ({@link Rows}).
 *
 * @param shapes the shapes of the parameters
 * @param vectors how many vectors the state has
 */
record Layout(List<List<Integer>> shapes, int vectors) {
  Layout {
    shapes = List.copyOf(shapes);
  }

  /** The layout of a case's groups. */
  static Layout of(List<Group> groups) {
    List<List<Integer>> shapes = groups.get(0).parameters().stream().map(Tensor::shape).toList();
    return new Layout(shapes, (groups.get(1).parameters().size() - 2) / shapes.size());
  }

  /** How many numbers the parameters have. */
  int size() {
    return shapes.stream().mapToInt(Tensor::size).sum();
  }

  /** The groups of a case. */
  List<Group> groups(
      DType dtype,
      double rate,
      double[] learned,
      List<double[]> kept,
      List<Double> numbers,
      List<Double> settings) {
    OptionalDouble cap = OptionalDouble.of(rate);
    List<Tensor> second = slots(dtype, kept, numbers, settings);
    return List.of(new Group(cap, 0, tensors(learned)), new Group(cap, 0, second));
  }

  /** The tensors of the second group. */
  List<Tensor> slots(
      DType dtype, List<double[]> kept, List<Double> numbers, List<Double> settings) {
    return Stream.concat(
            kept.stream().flatMap(vector -> tensors(vector).stream()),
            Stream.of(Rows.of(numbers, dtype), Rows.of(settings, dtype)))
        .toList();
  }

  /** The parameters, or one vector of the state, as tensors. */
  List<Tensor> tensors(double[] flat) {
    List<Tensor> tensors = new ArrayList<>();
    int from = 0;
    for (List<Integer> shape : shapes) {
      double[] part = new double[Tensor.size(shape)];
      System.arraycopy(flat, from, part, 0, part.length);
      tensors.add(Tensor.of(shape, part));
      from += part.length;
    }
    return tensors;
  }

  /** Tensors as one flat array. */
  static double[] flat(List<Tensor> tensors) {
    return tensors.stream().flatMapToDouble(tensor -> Arrays.stream(tensor.toArray())).toArray();
  }

  /** The tensors of a vector of the state, given the second group's. */
  <T> List<T> vector(int index, List<T> second) {
    return second.subList(index * shapes.size(), (index + 1) * shapes.size());
  }

  <T> T numbers(List<T> second) {
    return second.get(second.size() - 2);
  }

  <T> T settings(List<T> second) {
    return second.get(second.size() - 1);
  }
}
