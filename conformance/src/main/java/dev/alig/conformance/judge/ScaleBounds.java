package dev.alig.conformance.judge;

import dev.alig.conformance.DType;
import dev.alig.conformance.Tensor;
import java.util.List;

/**
 * What a correct projection on the l2 ball may do with given parameters.
 *
 * <p>The norm over all parameters is the root of a {@link SquaredNorm}. Where its bounds lie on one
 * side of the radius only that side's branch is legal; where they straddle it both are. The factor
 * radius / norm costs one rounding, or two where it is a reciprocal times the radius.
 *
 * @param mayKeep whether leaving the parameters alone is legal
 * @param mayScale whether scaling them is legal
 * @param factor the legal factors, where scaling is legal
 */
record ScaleBounds(boolean mayKeep, boolean mayScale, Legal factor) {
  /** The bounds for parameters before the projection. */
  static ScaleBounds of(List<Tensor> parameters, double radius, DType dtype) {
    SquaredNorm sum = SquaredNorm.of(parameters, dtype);
    if (sum.nan()) {
      return new ScaleBounds(true, false, Legal.NAN);
    }
    double relative = SquaredNorm.gamma(1, dtype);
    double low = Math.sqrt(sum.low()) * (1 - relative);
    double high = Math.sqrt(sum.high()) * (1 + relative);
    double narrow = dtype.round(radius);
    boolean mayScale = high > Math.min(radius, narrow);
    boolean mayKeep = low <= Math.max(radius, narrow);
    return new ScaleBounds(mayKeep, mayScale, factor(radius, sum, low, high, dtype));
  }

  private static Legal factor(
      double radius, SquaredNorm sum, double low, double high, DType dtype) {
    double relative = SquaredNorm.gamma(3, dtype);
    double slack = 2 * dtype.smallest();
    double least = Double.isInfinite(high) ? 0 : radius / high * (1 - relative) - slack;
    double most = Double.isInfinite(low) ? 0 : radius / low * (1 + relative) + slack;
    return new Legal(
        Math.max(0, least),
        SquaredNorm.saturateHigh(most, dtype),
        false,
        radius / Math.sqrt(sum.centre()));
  }
}
