package dev.alig.conformance.bounds;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Bounds for inner products that a correct implementation computes, whose terms it may add in any
 * order.
 *
 * <p>With n terms, unit roundoff u and γ(n) = n·u / (1 - n·u), the computed sum is off by at most
 * γ(n)·Σ|a·b|, because each term meets at most n roundings: one in its own product and n - 1 in
 * sums (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.1). Each product
 * that underflows adds at most the smallest denormal. If the terms may overflow, or an element is
 * not finite, every number is legal.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class InnerProducts {
  private static final Bounded ANYTHING =
      new Bounded(Optional.empty(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, true);

  private InnerProducts() {}

  /** Σ a·b over two lists of equal length; 0 over none. */
  public static Bounded of(List<Bounded> a, List<Bounded> b, Rounding rounding) {
    Real low = Real.ZERO;
    Real high = Real.ZERO;
    Real sizes = Real.ZERO;
    Real exact = Real.ZERO;
    boolean known = true;
    for (int i = 0; i < a.size(); i++) {
      Bounded x = a.get(i);
      Bounded y = b.get(i);
      if (!isFinite(x) || !isFinite(y)) {
        return ANYTHING;
      }
      Real least = product(x.low(), y.low());
      Real most = least;
      for (Real end :
          List.of(
              product(x.low(), y.high()),
              product(x.high(), y.low()),
              product(x.high(), y.high()))) {
        least = least.min(end);
        most = most.max(end);
      }
      low = low.plus(least).shortened();
      high = high.plus(most).shortened();
      sizes = sizes.plus(least.abs().max(most.abs())).shortened();
      known &= x.exact().isPresent() && y.exact().isPresent();
      if (known) {
        exact = exact.plus(x.exact().orElseThrow().times(y.exact().orElseThrow())).shortened();
      }
    }
    return bounded(low, high, error(sizes, a.size(), rounding), rounding.dtype())
        .withExact(known ? Optional.of(exact) : Optional.empty());
  }

  private static Real error(Real sizes, int terms, Rounding rounding) {
    DType dtype = rounding.dtype();
    Real roundings = Real.of(terms).times(Real.of(dtype.unitRoundoff()));
    double lost = rounding.flushes() ? 2 * dtype.smallestNormal() : dtype.smallest();
    return roundings
        .over(Real.ONE.minus(roundings))
        .times(sizes)
        .plus(Real.of(terms).times(Real.of(lost)));
  }

  private static Bounded bounded(Real low, Real high, Real error, DType dtype) {
    Real largest = low.abs().max(high.abs()).plus(error);
    if (Double.isInfinite(largest.times(Real.TWO).rounded(dtype))) {
      return ANYTHING;
    }
    return new Bounded(
        Optional.empty(), low.minus(error).down(dtype), high.plus(error).up(dtype), false);
  }

  private static Real product(double x, double y) {
    return Real.of(x).times(Real.of(y));
  }

  private static boolean isFinite(Bounded number) {
    return !number.nan() && number.hasNumbers() && !number.mayBeInfinite();
  }
}
