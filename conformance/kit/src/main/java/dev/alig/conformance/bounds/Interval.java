package dev.alig.conformance.bounds;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import java.util.Optional;

/** Collects the legal results of an operation from those at the ends of its operands. */
final class Interval {
  private final DType dtype;
  private final boolean flushes;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;
  private boolean nan;

  /**
   * No results yet.
   *
   * @param flushes whether denormal results may become zero
   */
  Interval(DType dtype, boolean flushes) {
    this.dtype = dtype;
    this.flushes = flushes;
  }

  /**
   * Adds what a finite result may be rounded to: either neighbour in the format, but an infinity
   * and a zero only where rounding to nearest gives them, and then nothing else.
   */
  void add(Real result) {
    double down = result.down(dtype);
    double up = result.isOf(dtype) ? down : dtype.up(down);
    if (down == 0 || up == 0 || Double.isInfinite(down) || Double.isInfinite(up)) {
      double nearest = result.rounded(dtype);
      if (nearest == 0 || Double.isInfinite(nearest)) {
        addNumber(nearest);
        return;
      }
    }
    addNumber(down);
    addNumber(up == 0 ? 0.0 : up);
  }

  /** Adds what x + y may be rounded to, both finite. */
  void addSum(double x, double y) {
    TwoDoubles sum = TwoDoubles.sum(x, y);
    if (sum.isOrdinary(dtype)) {
      addNumber(sum.down(dtype));
      addNumber(sum.up(dtype));
    } else {
      add(Real.of(x).plus(Real.of(y)));
    }
  }

  /** Adds what x · y may be rounded to, both finite. */
  void addProduct(double x, double y) {
    TwoDoubles product = TwoDoubles.product(x, y);
    if (product.isOrdinary(dtype)) {
      addNumber(product.down(dtype));
      addNumber(product.up(dtype));
    } else {
      add(Real.of(x).times(Real.of(y)));
    }
  }

  /** Adds what the root of a nonnegative number may be rounded to. */
  void addRootOf(Real square) {
    addNumber(square.rootDown(dtype));
    addNumber(square.rootUp(dtype));
  }

  /** Adds a result that IEEE 754 defines without rounding. */
  void add(double result) {
    if (Double.isNaN(result)) {
      nan = true;
    } else {
      addNumber(result);
    }
  }

  void addNan() {
    nan = true;
  }

  private void addNumber(double number) {
    low = Math.min(low, number);
    high = Math.max(high, number);
    if (flushes && Math.abs(number) < dtype.smallestNormal()) {
      low = Math.min(low, 0);
      high = Math.max(high, 0);
    }
  }

  Bounded with(Optional<Real> exact) {
    return new Bounded(exact, low, high, nan);
  }
}
