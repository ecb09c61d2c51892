package dev.alig.conformance.oracle;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;

/**
 * Arithmetic on numbers of one dtype: computed without error, then rounded once.
 *
 * <p>Infinities, NaN and the sign of an exact zero follow IEEE 754; Java's own operations give
 * them. Every finite result comes from {@link Real}.
 */
final class ExactArithmetic {
  private final DType dtype;

  ExactArithmetic(DType dtype) {
    this.dtype = dtype;
  }

  /** a + b. */
  double add(double a, double b) {
    if (!Double.isFinite(a) || !Double.isFinite(b)) {
      return a + b;
    }
    return round(exact(a).plus(exact(b)), a + b);
  }

  /** a · b. */
  double multiply(double a, double b) {
    if (!Double.isFinite(a) || !Double.isFinite(b)) {
      return a * b;
    }
    return round(exact(a).times(exact(b)), a * b);
  }

  /** a · b + c, rounded once. */
  double fusedMultiplyAdd(double a, double b, double c) {
    if (!Double.isFinite(a) || !Double.isFinite(b)) {
      return a * b + c;
    }
    if (!Double.isFinite(c)) {
      // The exact product is finite, even if it overflows as a double.
      return c;
    }
    double zero = a * b == 0 && c == 0 ? a * b + c : 0.0;
    return round(exact(a).times(exact(b)).plus(exact(c)), zero);
  }

  /** a / b. */
  double divide(double a, double b) {
    if (!Double.isFinite(a) || !Double.isFinite(b) || a == 0 || b == 0) {
      return a / b;
    }
    return round(exact(a).over(exact(b)), 0.0);
  }

  /** √(Σ x²) with one rounding; infinite or NaN if an element is. */
  double norm(double[] values) {
    double kind = 0;
    Real sum = Real.ZERO;
    for (double value : values) {
      if (Double.isFinite(value)) {
        sum = sum.plus(exact(value).squared());
      } else {
        kind += value * value;
      }
    }
    return kind == 0 ? round(sum.root(), 0.0) : kind;
  }

  /** √a for a nonnegative a. */
  double squareRoot(double a) {
    return Double.isFinite(a) ? round(exact(a).root(), 0.0) : a;
  }

  private static Real exact(double value) {
    return Real.of(value);
  }

  /** Rounds to the dtype; a number that underflows keeps its sign. */
  private double round(Real value, double signedZero) {
    double sign = value.signum() == 0 ? signedZero : value.signum();
    double rounded = value.rounded(dtype);
    return rounded == 0 ? Math.copySign(0.0, sign) : rounded;
  }
}
