package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;

/**
 * f(x) = x² + 3·sin²x and its derivatives, by the power series of sine and cosine, to some fifty
 * decimal digits more than a double has.
 */
final class ExactWave {
  private static final Real THREE = Real.of(3);

  /** Terms below this are left out; they fall faster than by half, so that all of them are, too. */
  private static final Real NEGLIGIBLE = Real.of(0x1p-220);

  private ExactWave() {}

  /** x² + 3·sin²x = x² + 1.5·(1 - cos 2x). */
  static Real value(Real x) {
    Real waves = Real.ONE.minus(cosine(Real.TWO.times(x))).times(Real.of(1.5));
    return x.squared().plus(waves);
  }

  /** 2x + 3·sin 2x. */
  static Real derivative(Real x) {
    return Real.TWO.times(x).plus(THREE.times(sine(Real.TWO.times(x))));
  }

  /** 2 + 6·cos 2x. */
  static Real secondDerivative(Real x) {
    return Real.TWO.plus(Real.of(6).times(cosine(Real.TWO.times(x))));
  }

  /** Σ (-1)^k·z^(2k+1)/(2k+1)!. */
  static Real sine(Real z) {
    return series(z, z, 1);
  }

  /** Σ (-1)^k·z^(2k)/(2k)!. */
  static Real cosine(Real z) {
    return series(z, Real.ONE, 0);
  }

  private static Real series(Real z, Real first, int power) {
    Real minusSquare = z.squared().negated();
    Real term = first;
    Real sum = Real.ZERO;
    for (int n = power; term.abs().compareTo(NEGLIGIBLE) > 0; n += 2) {
      sum = sum.plus(term);
      Real factors = Real.of((n + 1.0) * (n + 2.0));
      term = term.times(minusSquare).over(factors).shortened();
    }
    return sum;
  }
}
