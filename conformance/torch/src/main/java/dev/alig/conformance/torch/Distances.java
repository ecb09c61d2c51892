package dev.alig.conformance.torch;

import dev.alig.conformance.model.Tensor;
import java.util.List;

/** Euclidean norms over several tensors together. */
final class Distances {
  private Distances() {}

  /** √Σx² over all elements of all tensors. */
  static double norm(List<Tensor> tensors) {
    double sum = 0;
    for (Tensor tensor : tensors) {
      for (int e = 0; e < tensor.size(); e++) {
        sum += tensor.get(e) * tensor.get(e);
      }
    }
    return Math.sqrt(sum);
  }

  /** √Σ(x - y)²; NaN if an element is NaN. */
  static double between(List<Tensor> one, List<Tensor> other) {
    double sum = 0;
    for (int i = 0; i < one.size(); i++) {
      for (int e = 0; e < one.get(i).size(); e++) {
        double difference = one.get(i).get(e) - other.get(i).get(e);
        sum += difference * difference;
      }
    }
    return Math.sqrt(sum);
  }
}
