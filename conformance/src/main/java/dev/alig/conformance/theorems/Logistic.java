package dev.alig.conformance.theorems;

import dev.alig.conformance.Tensor;

/**
 * The logistic loss: log(1 + exp(-a·w)).
 *
 * @param a the features times the label
 */
record Logistic(Tensor a) implements Loss {
  @Override
  public double value(Tensor w) {
    double margin = Vectors.dot(a, w);
    return Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, -margin);
  }

  @Override
  public Tensor gradient(Tensor w) {
    return Vectors.scaled(a, -1 / (1 + Math.exp(Vectors.dot(a, w))));
  }
}
