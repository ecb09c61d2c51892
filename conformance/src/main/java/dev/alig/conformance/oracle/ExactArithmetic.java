package dev.alig.conformance.oracle;

import dev.alig.conformance.DType;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Arithmetic on numbers of one dtype: computed without error, then rounded once.
 *
 * <p>Infinities, NaN and the sign of an exact zero follow IEEE 754, which the host's own operations
 * give; every finite result comes from BigDecimal.
 */
final class ExactArithmetic {
  /** Far more digits than a double has, for the quotients and roots that have no end. */
  private static final MathContext WIDE = new MathContext(80);

  private final DType dtype;

  ExactArithmetic(DType dtype) {
    this.dtype = dtype;
  }

  /** a + b. */
  double add(double a, double b) {
    if (!Double.isFinite(a) || !Double.isFinite(b)) {
      return a + b;
    }
    return round(exact(a).add(exact(b)), a + b);
  }

  /** a · b. */
  double multiply(double a, double b) {
    if (!Double.isFinite(a) || !Double.isFinite(b)) {
      return a * b;
    }
    return round(exact(a).multiply(exact(b)), a * b);
  }

  /** a · b + c, rounded once. */
  double fusedMultiplyAdd(double a, double b, double c) {
    if (!Double.isFinite(a) || !Double.isFinite(b)) {
      return a * b + c;
    }
    if (!Double.isFinite(c)) {
      // The exact product is finite, though as a double it may overflow.
      return c;
    }
    double zero = a * b == 0 && c == 0 ? a * b + c : 0.0;
    return round(exact(a).multiply(exact(b)).add(exact(c)), zero);
  }

  /** a / b. */
  double divide(double a, double b) {
    if (!Double.isFinite(a) || !Double.isFinite(b) || a == 0 || b == 0) {
      return a / b;
    }
    return round(exact(a).divide(exact(b), WIDE), 0.0);
  }

  /** √(Σ x²) with one rounding; infinite or NaN where an element is. */
  double norm(double[] values) {
    double kind = 0;
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      if (Double.isFinite(value)) {
        sum = sum.add(exact(value).pow(2));
      } else {
        kind += value * value;
      }
    }
    return kind == 0 ? round(sum.sqrt(WIDE), 0.0) : kind;
  }

  /** √a for a nonnegative a. */
  double squareRoot(double a) {
    return Double.isFinite(a) ? round(exact(a).sqrt(WIDE), 0.0) : a;
  }

  private static BigDecimal exact(double value) {
    return new BigDecimal(value);
  }

  private double round(BigDecimal value, double signedZero) {
    if (value.signum() == 0) {
      return Math.copySign(0.0, signedZero);
    }
    return dtype == DType.FLOAT ? value.floatValue() : value.doubleValue();
  }
}
