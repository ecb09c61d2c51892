package dev.alig.conformance.theorems;

import dev.alig.conformance.Tensor;
import dev.alig.conformance.exact.Real;

/**
 * A wavy bowl: Σ a·d² + b·sin²d over the elements d of w-c, not convex where b > a.
 *
 * <p>Its derivative is 2ad + b·sin 2d = d·(2a + 2b·sin(2d)/(2d)), and its second derivative 2a +
 * 2b·cos 2d. With a = 1 and b = 3 it is the counterexample to steps without a cap.
 *
 * @param a the bowl
 * @param b the waves, less than 4.6·a
 * @param center c, the minimizer
 */
record Wave(double a, double b, Tensor center) implements Loss.RestrictedSecant {
  /** Just below the least value of sin(z)/z, which it has at z = 4.4934. */
  private static final Real LEAST_SINC = Real.of(-0.2172336282112217);

  @Override
  public double value(Tensor w) {
    double sum = 0;
    for (int i = 0; i < w.size(); i++) {
      double d = w.get(i) - center.get(i);
      double sine = StrictMath.sin(d);
      sum += a * d * d + b * sine * sine;
    }
    return sum;
  }

  @Override
  public Tensor gradient(Tensor w) {
    double[] gradient = new double[w.size()];
    for (int i = 0; i < gradient.length; i++) {
      double d = w.get(i) - center.get(i);
      gradient[i] = 2 * a * d + b * StrictMath.sin(2 * d);
    }
    return Tensor.vector(gradient);
  }

  /** 2a + 2b. */
  @Override
  public Real smoothness() {
    return Real.TWO.times(Real.of(a).plus(Real.of(b)));
  }

  /** 2a + 2b·min sin(z)/z. */
  @Override
  public Real secant() {
    return Real.TWO.times(Real.of(a).plus(Real.of(b).times(LEAST_SINC)));
  }
}
