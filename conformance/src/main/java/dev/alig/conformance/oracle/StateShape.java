package dev.alig.conformance.oracle;

import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trained;
import dev.alig.conformance.Trained.Named;
import java.util.List;

/**
 * The shapes of a state of training.
 *
 * @param parameters of the parameters, and of their gradients and momentum buffers
 * @param statistics of the running statistics
 * @param hasBuffers whether there are momentum buffers
 */
record StateShape(
    List<List<Integer>> parameters, List<List<Integer>> statistics, boolean hasBuffers) {
  static StateShape of(Trained trained) {
    return new StateShape(
        shapes(trained.problem().parameters()),
        shapes(trained.problem().statistics()),
        trained.rule().momentum() != 0);
  }

  private static List<List<Integer>> shapes(List<Named> named) {
    return named.stream().map(each -> each.value().shape()).toList();
  }

  /** The numbers of a gradient. */
  int gradient() {
    return elements(parameters);
  }

  /** The numbers of the statistics. */
  int ofStatistics() {
    return elements(statistics);
  }

  /** The numbers of a state. */
  int elements() {
    return gradient() * (hasBuffers ? 2 : 1) + ofStatistics();
  }

  private static int elements(List<List<Integer>> shapes) {
    return shapes.stream().mapToInt(Tensor::size).sum();
  }
}
