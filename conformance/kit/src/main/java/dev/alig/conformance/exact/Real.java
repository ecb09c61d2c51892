package dev.alig.conformance.exact;

import dev.alig.conformance.model.DType;
import java.math.BigInteger;
import org.apiguardian.api.API;

/**
 * A number without rounding errors: a whole number times a power of two.
 *
 * <p>Every finite floating-point number is one, and so are sums and products of them. Quotients and
 * roots are not in general; they are cut off after {@link #DIGITS} binary digits, which leaves an
 * error of less than 2^-{@value #DIGITS} of the result, four times as many digits as a double has.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Real implements Comparable<Real> {
  /** How many leading binary digits a quotient, a root, or a {@link #shortened} number keeps. */
  public static final int DIGITS = 224;

  /** 0. */
  public static final Real ZERO = new Real(BigInteger.ZERO, 0);

  /** 1. */
  public static final Real ONE = of(1);

  /** 2. */
  public static final Real TWO = of(2);

  private static final long FRACTION = (1L << 52) - 1;
  private static final int SMALLEST_EXPONENT = -1074;

  private final BigInteger digits;
  private final int exponent;

  private Real(BigInteger digits, int exponent) {
    this.digits = digits;
    this.exponent = exponent;
  }

  /**
   * A floating-point number, exactly.
   *
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  public static Real of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a real number must be finite, was " + value);
    }
    if (value == 0) {
      return ZERO;
    }
    long bits = Double.doubleToRawLongBits(value);
    int biased = (int) (bits >>> 52) & 0x7ff;
    long significand = biased == 0 ? bits & FRACTION : (bits & FRACTION) | (FRACTION + 1);
    int exponent = Math.max(biased, 1) - 1 + SMALLEST_EXPONENT;
    int zeros = Long.numberOfTrailingZeros(significand);
    long odd = significand >> zeros;
    return new Real(BigInteger.valueOf(bits < 0 ? -odd : odd), exponent + zeros);
  }

  /** This + that. */
  public Real plus(Real that) {
    if (digits.signum() == 0) {
      return that;
    }
    if (that.digits.signum() == 0) {
      return this;
    }
    int common = Math.min(exponent, that.exponent);
    return new Real(
        digits.shiftLeft(exponent - common).add(that.digits.shiftLeft(that.exponent - common)),
        common);
  }

  /** This - that. */
  public Real minus(Real that) {
    if (digits.signum() == 0 || that.digits.signum() == 0) {
      return plus(that.negated());
    }
    int common = Math.min(exponent, that.exponent);
    return new Real(
        digits.shiftLeft(exponent - common).subtract(that.digits.shiftLeft(that.exponent - common)),
        common);
  }

  /** This · that. */
  public Real times(Real that) {
    return new Real(digits.multiply(that.digits), exponent + that.exponent);
  }

  /** This², without error. */
  public Real squared() {
    return times(this);
  }

  /**
   * This / that, cut off toward zero.
   *
   * @throws ArithmeticException if that is 0
   */
  public Real over(Real that) {
    return over(that, DIGITS);
  }

  /** This / that, cut off toward zero after {@code kept} binary digits. */
  public Real over(Real that, int kept) {
    if (digits.signum() == 0 && that.digits.signum() != 0) {
      return ZERO;
    }
    int shift = Math.max(0, kept + 1 + that.digits.bitLength() - digits.bitLength());
    return new Real(digits.shiftLeft(shift).divide(that.digits), exponent - that.exponent - shift);
  }

  /**
   * √this, cut off.
   *
   * @throws ArithmeticException if this is negative
   */
  public Real root() {
    // To the right for long numbers: their further digits do not reach the root's.
    int shift = 2 * (DIGITS + 1) - digits.bitLength();
    // An even exponent halves.
    shift += (exponent - shift) & 1;
    return new Real(digits.shiftLeft(shift).sqrt(), (exponent - shift) / 2);
  }

  /** The largest number of a format that is not above √this, for a nonnegative number. */
  public double rootDown(DType dtype) {
    double root = dtype.round(approximateRoot());
    while (root > 0 && (Double.isInfinite(root) || of(root).squared().compareTo(this) > 0)) {
      root = dtype.down(root);
    }
    double next = dtype.up(root);
    while (Double.isFinite(next) && of(next).squared().compareTo(this) <= 0) {
      root = next;
      next = dtype.up(root);
    }
    return root;
  }

  /** The smallest number of a format that is not below √this; infinite where there is none. */
  public double rootUp(DType dtype) {
    double root = rootDown(dtype);
    return of(root).squared().equals(this) ? root : dtype.up(root);
  }

  private double approximateRoot() {
    // Negative for short numbers, which are lengthened.
    int cut = digits.bitLength() - Long.SIZE;
    cut += (exponent + cut) & 1;
    double top = digits.shiftRight(cut).doubleValue();
    return Math.scalb(Math.sqrt(top), (exponent + cut) / 2);
  }

  /** -this. */
  public Real negated() {
    return new Real(digits.negate(), exponent);
  }

  /** |this|. */
  public Real abs() {
    return digits.signum() < 0 ? negated() : this;
  }

  /** -1, 0 or 1. */
  public int signum() {
    return digits.signum();
  }

  /** The larger of two. */
  public Real max(Real that) {
    return compareTo(that) >= 0 ? this : that;
  }

  /** The smaller of two. */
  public Real min(Real that) {
    return compareTo(that) <= 0 ? this : that;
  }

  /**
   * This with {@link #DIGITS} digits at most, so that a long computation does not drag them all.
   */
  public Real shortened() {
    int excess = digits.bitLength() - DIGITS;
    return excess <= 0 ? this : new Real(digits.shiftRight(excess), exponent + excess);
  }

  /** The nearest number of a format, ties to even; too large becomes infinite, and -0 is 0. */
  public double rounded(DType dtype) {
    int position = unit(dtype);
    int shift = position - exponent;
    if (shift <= 0) {
      return scaled(digits.shiftLeft(-shift), position, dtype);
    }
    BigInteger magnitude = digits.abs();
    BigInteger kept = magnitude.shiftRight(shift);
    boolean half = magnitude.testBit(shift - 1);
    boolean more = half && magnitude.getLowestSetBit() < shift - 1;
    if (half && (more || kept.testBit(0))) {
      kept = kept.add(BigInteger.ONE);
    }
    return scaled(digits.signum() < 0 ? kept.negate() : kept, position, dtype);
  }

  /** The largest number of a format that is not above; -∞ below all. */
  public double down(DType dtype) {
    int position = unit(dtype);
    int shift = position - exponent;
    // BigInteger shifts round toward -∞.
    BigInteger kept = shift <= 0 ? digits.shiftLeft(-shift) : digits.shiftRight(shift);
    double value = scaled(kept, position, dtype);
    return value == Double.POSITIVE_INFINITY ? dtype.largest() : value;
  }

  /** The smallest number of a format that is not below; ∞ above all. */
  public double up(DType dtype) {
    double down = down(dtype);
    return isOf(dtype) ? down : dtype.up(down);
  }

  /** Whether this is a number of a format. */
  public boolean isOf(DType dtype) {
    return digits.signum() == 0
        || (exponent + digits.getLowestSetBit() >= unit(dtype)
            && exponent + digits.bitLength() <= Math.getExponent(dtype.largest()) + 1);
  }

  /** This / that as a double, within some units of its last place; for showing. */
  public double ratioTo(Real that) {
    int cut = Math.max(0, digits.bitLength() - Long.SIZE);
    int thatCut = Math.max(0, that.digits.bitLength() - Long.SIZE);
    double quotient =
        digits.shiftRight(cut).doubleValue() / that.digits.shiftRight(thatCut).doubleValue();
    return Math.scalb(quotient, exponent + cut - that.exponent - thatCut);
  }

  /** The nearest double. */
  public double toDouble() {
    return rounded(DType.DOUBLE);
  }

  /** The exponent of the last digit that the format has for a number of this size. */
  private int unit(DType dtype) {
    int last = exponent + digits.bitLength() - dtype.significandBits();
    return Math.max(last, dtype.smallestExponent());
  }

  private static double scaled(BigInteger digits, int exponent, DType dtype) {
    double value = Math.scalb(digits.doubleValue(), exponent);
    return Math.abs(value) > dtype.largest()
        ? Math.copySign(Double.POSITIVE_INFINITY, value)
        : value;
  }

  @Override
  public int compareTo(Real that) {
    int common = Math.min(exponent, that.exponent);
    if (digits.signum() != that.digits.signum() || digits.signum() == 0) {
      return Integer.compare(digits.signum(), that.digits.signum());
    }
    return digits
        .shiftLeft(exponent - common)
        .compareTo(that.digits.shiftLeft(that.exponent - common));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Real that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(toDouble());
  }

  @Override
  public String toString() {
    return Double.toString(toDouble());
  }
}
