package dev.alig.conformance.bounds;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The operations of a step on {@link Bounded} numbers of one format.
 *
 * <p>Each operation is monotone in each operand, and rounding is monotone too. So the ends of the
 * operands give the ends of the result, with overflow, underflow, infinities and NaN.
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Rounding {
  /** Digits kept of a quotient at the end of an interval; the end is then rounded to at most 53. */
  static final int ENDS = 128;

  private final DType dtype;
  private final boolean flushes;

  /**
   * Arithmetic in a format.
   *
   * @param flushes whether denormal operands and results may count as zero
   */
  public Rounding(DType dtype, boolean flushes) {
    this.dtype = dtype;
    this.flushes = flushes;
  }

  /** The format. */
  public DType dtype() {
    return dtype;
  }

  /** Whether denormal operands and results may count as zero. */
  public boolean flushes() {
    return flushes;
  }

  /** A given number, converted to the format; the real-number answer is the converted number. */
  public Bounded given(double value) {
    return flushed(Bounded.of(dtype.round(value)));
  }

  /** The operand; zero is legal too if the operand may count as zero. */
  Bounded flushed(Bounded operand) {
    return isFlushed(operand.low()) || isFlushed(operand.high())
        ? operand.or(Bounded.of(0.0))
        : operand;
  }

  private boolean isFlushed(double value) {
    return flushes && Math.abs(value) < dtype.smallestNormal();
  }

  /** Converts a step size, which is a double, to the format of the tensors. */
  public Bounded cast(Bounded value) {
    return value.hasNumbers()
        ? new Bounded(
            value.exact(), dtype.round(value.low()), dtype.round(value.high()), value.nan())
        : value;
  }

  /** first + second. */
  public Bounded plus(Bounded first, Bounded second) {
    Bounded a = flushed(first);
    Bounded b = flushed(second);
    Interval results = results(a, b);
    for (double x : ends(a)) {
      for (double y : ends(b)) {
        addSum(results, x, y);
      }
    }
    return results.with(both(a, b).map(reals -> reals.first.plus(reals.second).shortened()));
  }

  /** a - b. */
  public Bounded minus(Bounded a, Bounded b) {
    return plus(a, b.negated());
  }

  /** first · second. */
  public Bounded times(Bounded first, Bounded second) {
    Bounded a = flushed(first);
    Bounded b = flushed(second);
    Interval results = productResults(a, b);
    for (double x : ends(a)) {
      for (double y : ends(b)) {
        if (isFinite(x, y)) {
          results.addProduct(x, y);
        } else {
          results.add(x * y);
        }
      }
    }
    return results.with(both(a, b).map(reals -> reals.first.times(reals.second).shortened()));
  }

  /** first · second + third; the product may be rounded by itself, or not at all. */
  public Bounded timesPlus(Bounded first, Bounded second, Bounded third) {
    Bounded a = flushed(first);
    Bounded b = flushed(second);
    Bounded c = flushed(third);
    Interval results = productResults(a, b);
    if (c.nan()) {
      results.addNan();
    }
    Optional<Real> exact =
        both(a, b)
            .flatMap(
                reals -> c.exact().map(r -> reals.first.times(reals.second).plus(r).shortened()));
    if (!c.hasNumbers()) {
      return results.with(exact);
    }
    if (a.mayBeInfinite() || b.mayBeInfinite() || c.mayBeInfinite()) {
      addEveryEnd(results, a, b, c);
      return results.with(exact);
    }
    if (!a.hasNumbers() || !b.hasNumbers()) {
      return results.with(exact);
    }
    // The sum grows with the product and with c, so its extremes lie at their ends.
    if (!addOrdinarySums(results, a, b, c)) {
      Real least = Real.of(a.low()).times(Real.of(b.low()));
      Real most = least;
      for (double x : ends(a)) {
        for (double y : ends(b)) {
          Real product = Real.of(x).times(Real.of(y));
          least = least.min(product);
          most = most.max(product);
        }
      }
      addSums(results, least, least.down(dtype), c.low());
      addSums(results, most, most.up(dtype), c.high());
    }
    return results.with(exact);
  }

  /** Adds the sums with the least and the largest product, if no product is near 0 or infinite. */
  private boolean addOrdinarySums(Interval results, Bounded a, Bounded b, Bounded c) {
    TwoDoubles first = TwoDoubles.product(a.low(), b.low());
    TwoDoubles least = first;
    TwoDoubles most = first;
    for (double x : ends(a)) {
      for (double y : ends(b)) {
        TwoDoubles product = TwoDoubles.product(x, y);
        if (!product.isOrdinary(dtype)) {
          return false;
        }
        least = product.compareTo(least) < 0 ? product : least;
        most = product.compareTo(most) > 0 ? product : most;
      }
    }
    addSum(results, least.down(dtype), c.low());
    addSum(results, most.up(dtype), c.high());
    return true;
  }

  private void addEveryEnd(Interval results, Bounded a, Bounded b, Bounded c) {
    for (double x : ends(a)) {
      for (double y : ends(b)) {
        for (double z : ends(c)) {
          if (isFinite(x, y)) {
            Real product = Real.of(x).times(Real.of(y));
            addSums(results, product, product.down(dtype), z);
            addSums(results, product, product.up(dtype), z);
          } else {
            addSum(results, x * y, z);
          }
        }
      }
    }
  }

  /**
   * Adds product + z with the product rounded first. If the product leaves the range, that does not
   * enclose the fused result, so the fused result is added too.
   */
  private void addSums(Interval results, Real product, double rounded, double z) {
    double nearest = product.rounded(dtype);
    boolean outOfRange = Double.isInfinite(nearest) || nearest == 0;
    addSum(results, outOfRange ? nearest : rounded, z);
    if (isFlushed(rounded)) {
      addSum(results, 0, z);
    }
    if (outOfRange && Double.isFinite(z)) {
      results.add(product.plus(Real.of(z)));
    } else if (outOfRange) {
      // Fused, the product does not overflow, so the sum is the infinite z.
      results.add(z);
    }
  }

  private static void addSum(Interval results, double x, double y) {
    if (isFinite(x, y)) {
      results.addSum(x, y);
    } else {
      results.add(x + y);
    }
  }

  /** first / second; every number is legal if the denominator may be negative and may be 0. */
  public Bounded over(Bounded first, Bounded second) {
    Bounded a = flushed(first);
    Bounded b = flushed(second);
    Interval results = results(a, b);
    if (b.low() < 0 && 0 <= b.high()) {
      results.add(Double.NEGATIVE_INFINITY);
      results.add(Double.POSITIVE_INFINITY);
    }
    if (a.hasNumbers() && b.hasNumbers() && (a.mayBeZero() && b.mayBeZero())) {
      results.addNan();
    }
    for (double x : ends(a)) {
      for (double y : ends(b)) {
        if (isFinite(x, y) && y != 0) {
          results.add(Real.of(x).over(Real.of(y), ENDS));
        } else {
          results.add(x / y);
        }
      }
    }
    return results.with(
        both(a, b)
            .filter(reals -> reals.second.signum() != 0)
            .map(reals -> reals.first.over(reals.second)));
  }

  /** √square, for a nonnegative square. */
  public Bounded root(Bounded square) {
    Bounded a = flushed(square);
    Interval results = results(a, a);
    for (double x : ends(a)) {
      if (Double.isFinite(x)) {
        results.addRootOf(Real.of(x));
      } else {
        results.add(x);
      }
    }
    return results.with(a.exact().map(Real::root));
  }

  /** An interval without numbers; it holds NaN if an operand may be NaN. */
  private Interval results(Bounded a, Bounded b) {
    Interval results = new Interval(dtype, flushes);
    if (a.nan() || b.nan()) {
      results.addNan();
    }
    return results;
  }

  private Interval productResults(Bounded a, Bounded b) {
    Interval results = results(a, b);
    if ((a.mayBeZero() && b.mayBeInfinite()) || (a.mayBeInfinite() && b.mayBeZero())) {
      results.addNan();
    }
    return results;
  }

  private static double[] ends(Bounded a) {
    if (!a.hasNumbers()) {
      return new double[0];
    }
    return a.low() == a.high() ? new double[] {a.low()} : new double[] {a.low(), a.high()};
  }

  private static boolean isFinite(double a, double b) {
    return Double.isFinite(a) && Double.isFinite(b);
  }

  private record Reals(Real first, Real second) {}

  private static Optional<Reals> both(Bounded a, Bounded b) {
    return a.exact().flatMap(first -> b.exact().map(second -> new Reals(first, second)));
  }
}
