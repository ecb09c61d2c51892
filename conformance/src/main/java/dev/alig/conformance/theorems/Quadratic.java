package dev.alig.conformance.theorems;

import dev.alig.conformance.Tensor;
import dev.alig.conformance.exact.Real;

/**
 * A quadratic whose constants are known: ½α‖d‖² + ½κ(q·d)², d = w-c.
 *
 * <p>Its Hessian αI + κqqᵀ has the eigenvalues α and α + κ‖q‖².
 *
 * @param alpha α > 0
 * @param kappa κ >= 0; with 0 the quadratic is as convex as it is smooth
 * @param q the steepest direction
 * @param center c, the minimizer
 */
record Quadratic(double alpha, double kappa, Tensor q, Tensor center)
    implements Loss.StronglyConvex {
  @Override
  public double value(Tensor w) {
    Tensor d = Vectors.difference(w, center);
    double along = Vectors.dot(q, d);
    return 0.5 * (alpha * Vectors.dot(d, d) + kappa * along * along);
  }

  @Override
  public Tensor gradient(Tensor w) {
    Tensor d = Vectors.difference(w, center);
    double along = kappa * Vectors.dot(q, d);
    double[] gradient = new double[d.size()];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = alpha * d.get(i) + along * q.get(i);
    }
    return Tensor.vector(gradient);
  }

  /** α + κ‖q‖². */
  @Override
  public Real smoothness() {
    return Real.of(alpha).plus(Real.of(kappa).times(Vectors.squaredNorm(q)));
  }

  @Override
  public Real convexity() {
    return Real.of(alpha);
  }
}
