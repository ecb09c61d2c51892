package dev.alig.conformance.judge;

import dev.alig.conformance.DType;
import dev.alig.conformance.Tensor;
import java.util.List;

/**
 * Bounds on a sum of squared norms as a correct implementation computes it.
 *
 * <p>With u the unit roundoff and γ(k) = k·u / (1 - k·u) (Higham, Accuracy and Stability of
 * Numerical Algorithms, 2nd ed., lemma 3.1), a tensor of n elements whose exact sum of squares is S
 * gives norm² in S·(1 ± γ(n + 4)) ± (n + 3)·η: n for squaring and summing in any order, one for the
 * root, which halves the relative error and the square doubles again, and one for each rounding to
 * the dtype; η, the smallest denormal, for each product that underflows. Summing m tensors costs
 * γ(m) more. What exceeds the largest number of the dtype may become infinite.
 *
 * @param low the smallest legal sum
 * @param high the largest legal sum, infinite where the sum may overflow
 * @param nan whether a NaN among the elements makes the sum NaN
 * @param centre the sum in real arithmetic, rounded to double
 */
record SquaredNorm(double low, double high, boolean nan, double centre) {
  /** Bounds on Σ‖t‖² over the tensors. */
  static SquaredNorm of(List<Tensor> tensors, DType dtype) {
    SquaredNorm sum = new SquaredNorm(0, 0, false, 0);
    for (Tensor tensor : tensors) {
      sum = sum.plus(ofOne(tensor, dtype));
    }
    return sum.widened(gamma(tensors.size(), dtype)).saturated(dtype);
  }

  private SquaredNorm plus(SquaredNorm other) {
    return new SquaredNorm(
        low + other.low, high + other.high, nan || other.nan, centre + other.centre);
  }

  private SquaredNorm widened(double relative) {
    return new SquaredNorm(low * (1 - relative), high * (1 + relative), nan, centre);
  }

  private SquaredNorm saturated(DType dtype) {
    return new SquaredNorm(saturateLow(low, dtype), saturateHigh(high, dtype), nan, centre);
  }

  private static SquaredNorm ofOne(Tensor tensor, DType dtype) {
    double largest = 0;
    for (int i = 0; i < tensor.size(); i++) {
      if (Double.isNaN(tensor.get(i))) {
        return new SquaredNorm(Double.NaN, Double.NaN, true, Double.NaN);
      }
      largest = Math.max(largest, Math.abs(tensor.get(i)));
    }
    if (Double.isInfinite(largest)) {
      return new SquaredNorm(largest, largest, false, largest);
    }
    int exponent = largest == 0 ? 0 : Math.getExponent(largest);
    double scaled = sumOfScaledSquares(tensor, -exponent);
    double relative = gamma(tensor.size() + 4, dtype);
    double absolute = (tensor.size() + 3) * dtype.smallest();
    double low = scale(scaled * (1 - relative), 2 * exponent) - absolute;
    double high = scale(scaled * (1 + relative), 2 * exponent) + (scaled == 0 ? 0 : absolute);
    return new SquaredNorm(
        saturateLow(Math.max(0, low), dtype),
        saturateHigh(high, dtype),
        false,
        scale(scaled, 2 * exponent));
  }

  /** Σ (x·2^shift)², to about twice the precision of double, so that it can stand for S. */
  private static double sumOfScaledSquares(Tensor tensor, int shift) {
    double sum = 0;
    double rest = 0;
    for (int i = 0; i < tensor.size(); i++) {
      double x = scale(tensor.get(i), shift);
      double square = x * x;
      double next = sum + square;
      double part = next - sum;
      rest += (sum - (next - part)) + (square - part) + Math.fma(x, x, -square);
      sum = next;
    }
    return sum + rest;
  }

  /** value·2^shift for shifts that a single scalb rounds twice or cannot express. */
  private static double scale(double value, int shift) {
    int half = shift / 2;
    return Math.scalb(Math.scalb(value, half), shift - half);
  }

  /** γ(k), and what the arithmetic on the bounds themselves can round away. */
  static double gamma(int roundings, DType dtype) {
    double product = roundings * dtype.unitRoundoff();
    return product / (1 - product) + 4 * 0x1p-53;
  }

  static double saturateLow(double value, DType dtype) {
    return dtype.round(value) > dtype.largest() ? Double.POSITIVE_INFINITY : value;
  }

  static double saturateHigh(double value, DType dtype) {
    return value > dtype.largest() ? Double.POSITIVE_INFINITY : value;
  }
}
