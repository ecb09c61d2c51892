package dev.alig.experiments.optimizers;

/**
 * The format in which an optimizer computes.
 *
 * <p>Arrays are {@code double[]} in both; in FLOAT they hold numbers of that format. A sum,
 * product, quotient or root of two floats is computed in double and then rounded, which gives the
 * float operation's result (Figueroa, "When is double rounding innocuous?", 1995).
 */
public enum Format {
  /** IEEE 754 single precision. */
  FLOAT {
    @Override
    double round(double value) {
      return (float) value;
    }

    @Override
    double timesPlus(double a, double b, double c) {
      return Math.fma((float) a, (float) b, (float) c);
    }
  },

  /** IEEE 754 double precision. */
  DOUBLE {
    @Override
    double round(double value) {
      return value;
    }

    @Override
    double timesPlus(double a, double b, double c) {
      return Math.fma(a, b, c);
    }
  };

  /** The result of one operation, rounded to the format. */
  abstract double round(double value);

  /** a · b + c, rounded once. */
  abstract double timesPlus(double a, double b, double c);

  /** Σ a·b, added in order in double. */
  final double innerProduct(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return round(sum);
  }
}
