package dev.alig.conformance.bounds;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Bounds for the norms that a correct implementation computes.
 *
 * <p>Let u be the unit roundoff, S the exact sum of n squares, and γ(n) = n·u / (1 - n·u). Added in
 * any order, the computed sum lies within S·(1 ± γ(n)), because each term meets at most n
 * roundings: one in its own product and n - 1 in sums (Higham, Accuracy and Stability of Numerical
 * Algorithms, 2nd ed., section 3.1). Each product that underflows adds an error of at most the
 * smallest denormal. If denormals are flushed, each square, or half a square, may become zero
 * instead, which loses at most 2·smallestNormal. An implementation may sum more accurately than
 * that. The root and all operations after it are those of {@link Rounding}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Norms {
  private Norms() {}

  /** Σ‖t‖² over tensors in their order; 0 over none. */
  public static Bounded sumOfSquares(List<List<Bounded>> tensors, Rounding rounding) {
    Bounded sum = Bounded.of(0.0);
    for (List<Bounded> tensor : tensors) {
      Sums sums = new Sums(tensor);
      Bounded norm = sums.norm(rounding);
      sum = rounding.plus(sum, rounding.times(norm, norm).withExact(sums.exact()));
    }
    return sum;
  }

  /** √Σ‖t‖² over tensors in their order. */
  public static Bounded norm(List<List<Bounded>> tensors, Rounding rounding) {
    return rounding.root(sumOfSquares(tensors, rounding));
  }

  private static double rootBelow(Real sum, int terms, Rounding rounding) {
    DType dtype = rounding.dtype();
    double lost = rounding.flushes() ? 2 * dtype.smallestNormal() : dtype.smallest();
    Real least = sum.times(Real.ONE.minus(gamma(terms, dtype))).minus(each(terms, lost));
    return least.signum() <= 0 ? 0 : least.rootDown(dtype);
  }

  private static double rootAbove(Real sum, int terms, DType dtype) {
    if (sum.signum() == 0) {
      return 0;
    }
    Real most = sum.times(Real.ONE.plus(gamma(terms, dtype))).plus(each(terms, dtype.smallest()));
    return Double.isInfinite(most.rounded(dtype)) ? Double.POSITIVE_INFINITY : most.rootUp(dtype);
  }

  /** γ(n). */
  private static Real gamma(int roundings, DType dtype) {
    Real product = Real.of(roundings).times(Real.of(dtype.unitRoundoff()));
    return product.over(Real.ONE.minus(product));
  }

  /** What up to {@code terms} underflowing products may lose or gain. */
  private static Real each(int terms, double most) {
    return Real.of(terms).times(Real.of(most));
  }

  /** Sums of the squares of a tensor's elements: of the exact values, and of their bounds. */
  private static final class Sums {
    private final int terms;
    private Real exact = Real.ZERO;
    private Real low = Real.ZERO;
    private Real high = Real.ZERO;
    // While every element is known, the three sums are equal, and only exact is kept.
    private boolean points = true;
    private boolean exactKnown = true;
    private boolean numbers = true;
    private boolean nan;
    private boolean infinite;
    private boolean surelyInfinite;

    Sums(List<Bounded> tensor) {
      terms = tensor.size();
      tensor.forEach(this::add);
    }

    private void add(Bounded element) {
      if (points && element.isKnown()) {
        exact = exact.plus(Real.of(element.low()).squared()).shortened();
        return;
      }
      if (points) {
        points = false;
        low = exact;
        high = exact;
      }
      nan |= element.nan();
      if (!element.hasNumbers()) {
        numbers = false;
        return;
      }
      exactKnown &= element.exact().isPresent();
      element.exact().ifPresent(value -> exact = exact.plus(value.squared()).shortened());
      double least = element.least();
      double most = element.most();
      infinite |= Double.isInfinite(most);
      surelyInfinite |= Double.isInfinite(least);
      Real smallest = Double.isInfinite(least) ? Real.ZERO : Real.of(least).squared();
      low = low.plus(smallest).shortened();
      if (!Double.isInfinite(most)) {
        Real largest = element.isPoint() ? smallest : Real.of(most).squared();
        high = high.plus(largest).shortened();
      }
    }

    Optional<Real> exact() {
      return exactKnown && numbers ? Optional.of(exact) : Optional.empty();
    }

    /** Bounds for the computed norm, without its real-number answer. */
    Bounded norm(Rounding rounding) {
      if (!numbers) {
        return Bounded.NAN;
      }
      Real largest = points ? exact : high;
      Real smallest = points ? exact : low;
      double most =
          infinite ? Double.POSITIVE_INFINITY : rootAbove(largest, terms, rounding.dtype());
      double least = surelyInfinite ? most : rootBelow(smallest, terms, rounding);
      return new Bounded(Optional.empty(), least, most, nan);
    }
  }
}
