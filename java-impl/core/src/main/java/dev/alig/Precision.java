package dev.alig;

/**
 * A floating-point format, and how {@code double} results round to it.
 *
 * <p>The half formats follow torch on the CPU: an operation computes in {@code float}, and its
 * result is then rounded to the format. One elementary operation in {@code double}, rounded to
 * {@code float}, equals {@code float} arithmetic, because 53 ≥ 2·24 + 2 (S. A. Figueroa, "When is
 * double rounding innocuous?", SIGNUM Newsletter 30(3), 1995).
 */
public enum Precision {
  /** IEEE 754 binary16: 11 significant bits, largest value 65504. */
  HALF {
    @Override
    public double round(double value) {
      return narrow((float) value, 11, -14, 65504);
    }
  },

  /** bfloat16: 8 significant bits and the exponents of {@code float}. */
  BFLOAT16 {
    @Override
    public double round(double value) {
      return narrow((float) value, 8, Float.MIN_EXPONENT, 0x1.FEp127);
    }
  },

  /** IEEE 754 binary32. */
  FLOAT {
    @Override
    public double round(double value) {
      return (float) value;
    }
  },

  /** IEEE 754 binary64. */
  DOUBLE {
    @Override
    public double round(double value) {
      return value;
    }

    @Override
    public double scalar(double value) {
      return value;
    }
  };

  /**
   * Rounds to the nearest value of this format, ties to even. A value that is too large becomes
   * infinite.
   *
   * @param value the result of one operation in {@code double}
   * @return the nearest value of this format, NaN for NaN
   */
  public abstract double round(double value);

  /**
   * Rounds a hyperparameter to the format in which operations compute: {@code double} for {@link
   * #DOUBLE}, else {@code float}.
   */
  public double scalar(double value) {
    return (float) value;
  }

  private static double narrow(float value, int bits, int minExponent, double largest) {
    int exponent = Math.max(Math.getExponent(value), minExponent);
    double ulp = Math.scalb(1.0, exponent - bits + 1);
    double rounded = Math.rint(value / ulp) * ulp;
    return Math.abs(rounded) > largest ? Math.copySign(Double.POSITIVE_INFINITY, value) : rounded;
  }
}
