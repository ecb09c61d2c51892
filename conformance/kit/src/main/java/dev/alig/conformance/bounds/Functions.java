package dev.alig.conformance.bounds;

import dev.alig.conformance.exact.Real;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import org.apiguardian.api.API;

/** Functions of bounded numbers that round nothing, or once. They are monotone. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Functions {
  private Functions() {}

  /** The larger of two numbers; NaN if one is, as in {@code torch.maximum}. */
  public static Bounded larger(Bounded a, Bounded b) {
    return chosen(a, b, Math::max, Real::max);
  }

  /** The smaller of two numbers; NaN if one is, as in {@code torch.minimum}. */
  public static Bounded smaller(Bounded a, Bounded b) {
    return chosen(a, b, Math::min, Real::min);
  }

  /** The number, or the nearest end of [low, high]; NaN stays, as in {@code torch.clamp}. */
  public static Bounded clamped(Bounded number, double low, double high) {
    return smaller(larger(number, Bounded.of(low)), Bounded.of(high));
  }

  /** -1, 0 or 1. */
  public static Bounded sign(Bounded number) {
    return number.hasNumbers()
        ? new Bounded(
            number.exact().map(value -> Real.of(value.signum())),
            Math.signum(number.low()),
            Math.signum(number.high()),
            number.nan())
        : number;
  }

  /**
   * The root of a number that a correct implementation computes as at least 0, although its bounds
   * may reach below.
   */
  public static Bounded rootOfSquare(Bounded number, Rounding rounding) {
    if (!(number.low() < 0)) {
      return rounding.root(number);
    }
    Optional<Real> exact = number.exact().filter(value -> value.signum() >= 0);
    return rounding.root(new Bounded(exact, 0, Math.max(0, number.high()), true));
  }

  /**
   * base^exponent for a known base in (0, 1), with an error below one unit in the last place, which
   * C libraries and {@link StrictMath#pow} keep.
   */
  public static Bounded power(double base, long exponent, Rounding rounding) {
    Real power = Real.ONE;
    Real square = Real.of(base);
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        power = power.times(square).shortened();
      }
      square = square.squared().shortened();
    }
    Interval results = new Interval(rounding.dtype(), rounding.flushes());
    results.add(power);
    return results.with(Optional.of(power));
  }

  private static Bounded chosen(
      Bounded a, Bounded b, DoubleBinaryOperator ends, BinaryOperator<Real> exact) {
    if (!a.hasNumbers() || !b.hasNumbers()) {
      return Bounded.NAN;
    }
    return new Bounded(
        a.exact().flatMap(x -> b.exact().map(y -> exact.apply(x, y))),
        ends.applyAsDouble(a.low(), b.low()),
        ends.applyAsDouble(a.high(), b.high()),
        a.nan() || b.nan());
  }
}
