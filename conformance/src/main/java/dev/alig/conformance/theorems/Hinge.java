package dev.alig.conformance.theorems;

import dev.alig.conformance.Tensor;
import dev.alig.conformance.exact.Real;

/**
 * The hinge loss: max(0, 1 - a·w).
 *
 * @param a the features times the label
 */
record Hinge(Tensor a) implements Loss.Lipschitz {
  @Override
  public double value(Tensor w) {
    return Math.max(0, 1 - Vectors.dot(a, w));
  }

  @Override
  public Tensor gradient(Tensor w) {
    return Vectors.scaled(a, value(w) > 0 ? -1 : 0);
  }

  /** ‖a‖². */
  @Override
  public Real squaredLipschitz() {
    return Vectors.squaredNorm(a);
  }
}
