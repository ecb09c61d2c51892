package dev.alig.conformance.bounds;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import java.util.Optional;

/** Collects the legal results of an operation from the results at the ends of its operands. */
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
   * Adds the numbers to which a finite result may be rounded: both its neighbours in the format. If
   * one of them is zero or infinity, only the one that rounding to nearest gives is legal.
   */
  void add(Real result) {
    double down = result.down(dtype);
    double up = result.isOf(dtype) ? down : dtype.up(down);
    if (down == 0 || up == 0 || Double.isInfinite(down) || Double.isInfinite(up)) {
      addNumber(result.rounded(dtype));
    } else {
      addNumber(down);
      addNumber(up);
    }
  }

  /** Adds what x + y may be rounded to; both are finite. */
  void addSum(double x, double y) {
    TwoDoubles sum = TwoDoubles.sum(x, y);
    if (sum.isOrdinary(dtype)) {
      addNumber(sum.down(dtype));
      addNumber(sum.up(dtype));
    } else {
      add(Real.of(x).plus(Real.of(y)));
    }
  }

  /** Adds what x · y may be rounded to; both are finite. */
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
