package dev.alig.conformance.bounds;

import dev.alig.conformance.DType;
import dev.alig.conformance.exact.Real;
import java.util.Optional;

/**
 * The operations of a step on {@link Bounded} numbers of one format.
 *
 * <p>Each operation is monotone in each operand where the other is fixed, and so is rounding; so
 * the ends of the operands give the ends of the result. Overflow, underflow, infinities and NaN are
 * what they are at those ends.
 */
public final class Rounding {
  /** Digits for the ends of an interval, which are rounded to 53 at most. */
  static final int ENDS = 128;

  private final DType dtype;
  private final boolean flushes;

  /**
   * Arithmetic in a format.
   *
   * @param flushes whether denormal operands and results may count as zero
   */
  Rounding(DType dtype, boolean flushes) {
    this.dtype = dtype;
    this.flushes = flushes;
  }

  public DType dtype() {
    return dtype;
  }

  /** Whether denormal operands and results may count as zero. */
  boolean flushes() {
    return flushes;
  }

  /** A number that is converted to the format; the real-number answer starts from the result. */
  public Bounded given(double value) {
    return flushed(Bounded.of(dtype.round(value)));
  }

  /** A number, or zero where it may count as that. */
  Bounded flushed(Bounded operand) {
    return isFlushed(operand.low()) || isFlushed(operand.high())
        ? operand.or(Bounded.of(0.0))
        : operand;
  }

  private boolean isFlushed(double value) {
    return flushes && Math.abs(value) < dtype.smallestNormal();
  }

  /** A step size, which is a double, where the tensors' arithmetic takes it over. */
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
    Hull hull = hull(a, b);
    for (double x : ends(a)) {
      for (double y : ends(b)) {
        addSum(hull, x, y);
      }
    }
    return hull.with(both(a, b).map(reals -> reals.first.plus(reals.second).shortened()));
  }

  /** a - b. */
  public Bounded minus(Bounded a, Bounded b) {
    return plus(a, b.negated());
  }

  /** first · second. */
  public Bounded times(Bounded first, Bounded second) {
    Bounded a = flushed(first);
    Bounded b = flushed(second);
    Hull hull = productHull(a, b);
    for (double x : ends(a)) {
      for (double y : ends(b)) {
        if (isFinite(x, y)) {
          hull.addProduct(x, y);
        } else {
          hull.add(x * y);
        }
      }
    }
    return hull.with(both(a, b).map(reals -> reals.first.times(reals.second).shortened()));
  }

  /** first · second + third, where the product may be rounded by itself or not at all. */
  public Bounded timesPlus(Bounded first, Bounded second, Bounded third) {
    Bounded a = flushed(first);
    Bounded b = flushed(second);
    Bounded c = flushed(third);
    Hull hull = productHull(a, b);
    if (c.nan()) {
      hull.addNan();
    }
    Optional<Real> exact =
        both(a, b)
            .flatMap(
                reals -> c.exact().map(r -> reals.first.times(reals.second).plus(r).shortened()));
    if (!c.hasNumbers()) {
      return hull.with(exact);
    }
    if (a.mayBeInfinite() || b.mayBeInfinite() || c.mayBeInfinite()) {
      addEveryEnd(hull, a, b, c);
      return hull.with(exact);
    }
    if (!a.hasNumbers() || !b.hasNumbers()) {
      return hull.with(exact);
    }
    // The sum grows with the product and with c: its least and its largest value are at their ends.
    if (!addOrdinarySums(hull, a, b, c)) {
      Real least = Real.of(a.low()).times(Real.of(b.low()));
      Real most = least;
      for (double x : ends(a)) {
        for (double y : ends(b)) {
          Real product = Real.of(x).times(Real.of(y));
          least = least.min(product);
          most = most.max(product);
        }
      }
      addSums(hull, least, least.down(dtype), c.low());
      addSums(hull, most, most.up(dtype), c.high());
    }
    return hull.with(exact);
  }

  /** Adds the sums with the least and the largest product, if no product is near 0 or infinite. */
  private boolean addOrdinarySums(Hull hull, Bounded a, Bounded b, Bounded c) {
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
    addSum(hull, least.down(dtype), c.low());
    addSum(hull, most.up(dtype), c.high());
    return true;
  }

  private void addEveryEnd(Hull hull, Bounded a, Bounded b, Bounded c) {
    for (double x : ends(a)) {
      for (double y : ends(b)) {
        for (double z : ends(c)) {
          if (isFinite(x, y)) {
            Real product = Real.of(x).times(Real.of(y));
            addSums(hull, product, product.down(dtype), z);
            addSums(hull, product, product.up(dtype), z);
          } else {
            addSum(hull, x * y, z);
          }
        }
      }
    }
  }

  /** The product plus z, with the product rounded first; and fused, where that is not between. */
  private void addSums(Hull hull, Real product, double rounded, double z) {
    double nearest = product.rounded(dtype);
    boolean outOfRange = Double.isInfinite(nearest) || nearest == 0;
    addSum(hull, outOfRange ? nearest : rounded, z);
    if (isFlushed(rounded)) {
      addSum(hull, 0, z);
    }
    if (outOfRange && Double.isFinite(z)) {
      hull.add(product.plus(Real.of(z)));
    } else if (outOfRange) {
      // Fused, the product is finite however large.
      hull.add(z);
    }
  }

  private static void addSum(Hull hull, double x, double y) {
    if (isFinite(x, y)) {
      hull.addSum(x, y);
    } else {
      hull.add(x + y);
    }
  }

  /** first / second; near a denominator of 0 everything is legal. */
  public Bounded over(Bounded first, Bounded second) {
    Bounded a = flushed(first);
    Bounded b = flushed(second);
    Hull hull = hull(a, b);
    if (b.low() < 0 && 0 <= b.high()) {
      hull.add(Double.NEGATIVE_INFINITY);
      hull.add(Double.POSITIVE_INFINITY);
    }
    if (a.hasNumbers() && b.hasNumbers() && (a.mayBeZero() && b.mayBeZero())) {
      hull.addNan();
    }
    for (double x : ends(a)) {
      for (double y : ends(b)) {
        if (isFinite(x, y) && y != 0) {
          hull.add(Real.of(x).over(Real.of(y), ENDS));
        } else {
          hull.add(x / y);
        }
      }
    }
    return hull.with(
        both(a, b)
            .filter(reals -> reals.second.signum() != 0)
            .map(reals -> reals.first.over(reals.second)));
  }

  /** √square, which is nonnegative. */
  public Bounded root(Bounded square) {
    Bounded a = flushed(square);
    Hull hull = hull(a, a);
    for (double x : ends(a)) {
      if (Double.isFinite(x)) {
        hull.addRootOf(Real.of(x));
      } else {
        hull.add(x);
      }
    }
    return hull.with(a.exact().map(Real::root));
  }

  /** A hull that has what NaN operands lead to. */
  private Hull hull(Bounded a, Bounded b) {
    Hull hull = new Hull(dtype, flushes);
    if (a.nan() || b.nan()) {
      hull.addNan();
    }
    return hull;
  }

  private Hull productHull(Bounded a, Bounded b) {
    Hull hull = hull(a, b);
    if ((a.mayBeZero() && b.mayBeInfinite()) || (a.mayBeInfinite() && b.mayBeZero())) {
      hull.addNan();
    }
    return hull;
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
