package dev.alig.conformance.theorems;

import dev.alig.conformance.Tensor;
import dev.alig.conformance.exact.Real;

/**
 * Huber's loss of a residual r = a·(w-c) + b: ½r² up to |r| = δ, and δ|r| - ½δ² beyond.
 *
 * @param a the features
 * @param center c, at which the residual is b
 * @param offset b; 0 where c interpolates
 * @param delta δ
 */
record Huber(Tensor a, Tensor center, double offset, double delta)
    implements Loss.Smooth, Loss.Lipschitz {
  @Override
  public double value(Tensor w) {
    double r = Math.abs(residual(w));
    return r <= delta ? 0.5 * r * r : delta * (r - 0.5 * delta);
  }

  @Override
  public Tensor gradient(Tensor w) {
    double r = residual(w);
    return Vectors.scaled(a, Math.max(-delta, Math.min(delta, r)));
  }

  private double residual(Tensor w) {
    return Vectors.dotDifference(a, w, center) + offset;
  }

  /** ‖a‖². */
  @Override
  public Real smoothness() {
    return Vectors.squaredNorm(a);
  }

  /** δ²‖a‖². */
  @Override
  public Real squaredLipschitz() {
    return Vectors.squaredNorm(a).times(Real.of(delta).squared());
  }
}
