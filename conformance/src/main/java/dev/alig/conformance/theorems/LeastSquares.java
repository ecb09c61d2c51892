package dev.alig.conformance.theorems;

import dev.alig.conformance.Tensor;
import dev.alig.conformance.exact.Real;

/**
 * Half a squared residual: ½r², r = a·(w-c) + b.
 *
 * @param a the features
 * @param center c, at which the residual is b
 * @param offset b; 0 where c interpolates
 */
record LeastSquares(Tensor a, Tensor center, double offset) implements Loss.Smooth {
  @Override
  public double value(Tensor w) {
    double r = residual(w);
    return 0.5 * r * r;
  }

  @Override
  public Tensor gradient(Tensor w) {
    return Vectors.scaled(a, residual(w));
  }

  private double residual(Tensor w) {
    return Vectors.dotDifference(a, w, center) + offset;
  }

  /** ‖a‖². */
  @Override
  public Real smoothness() {
    return Vectors.squaredNorm(a);
  }
}
