package dev.alig.conformance.judge;

import dev.alig.conformance.DType;
import dev.alig.conformance.Worst;
import java.util.OptionalDouble;

/**
 * The numbers that a correct implementation may answer.
 *
 * @param low the smallest legal number
 * @param high the largest legal number; below {@code low} where no number is legal
 * @param nan whether NaN is legal
 * @param centre the answer in real arithmetic
 */
record Legal(double low, double high, boolean nan, double centre) {
  /** Only NaN. */
  static final Legal NAN =
      new Legal(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, true, Double.NaN);

  /** Whether {@code value} is legal; the sign of a zero is that of {@code sign}. */
  boolean accepts(double value, double sign) {
    if (Double.isNaN(value)) {
      return nan;
    }
    if (value == 0 && Math.copySign(1, value) != Math.copySign(1, sign)) {
      return false;
    }
    return low <= value && value <= high;
  }

  /** How close a legal value is to the bound on its side. */
  Worst ratio(double value, String caseId) {
    if (!Double.isFinite(value) || !Double.isFinite(centre)) {
      return Worst.NONE;
    }
    double bound = value < centre ? centre - low : high - centre;
    return Double.isFinite(bound) ? Worst.of(Math.abs(value - centre), bound, caseId) : Worst.NONE;
  }

  /** The legal numbers of either. */
  Legal or(Legal other) {
    return new Legal(
        Math.min(low, other.low), Math.max(high, other.high), nan || other.nan, centre);
  }

  /** The legal numbers with opposite sign. */
  Legal negated() {
    return new Legal(-high, -low, nan, -centre);
  }

  /** The legal numbers once clipped to [0, cap] in the dtype, where there is a cap. */
  Legal clipped(OptionalDouble cap, DType dtype) {
    if (cap.isEmpty()) {
      return this;
    }
    double most = dtype.round(cap.getAsDouble());
    if (low > high) {
      return this;
    }
    return new Legal(clip(low, most), clip(high, most), nan, clip(centre, most));
  }

  /** The legal numbers where denormal operands and results may be flushed to zero. */
  Legal flushed(double operand, DType dtype) {
    boolean denormal = Math.abs(operand) < dtype.smallestNormal();
    boolean near = Math.abs(centre) < 2 * dtype.smallestNormal();
    if (!denormal && !near) {
      return this;
    }
    // A loss flushed to zero over a denominator of zero is NaN.
    boolean orNan = nan || Double.isInfinite(high);
    return new Legal(Math.min(low, 0), Math.max(high, 0), orNan, centre);
  }

  private static double clip(double value, double most) {
    return Math.min(Math.max(value, 0), most);
  }

  @Override
  public String toString() {
    String numbers = low <= high ? "[%s, %s]".formatted(low, high) : "no number";
    return nan ? numbers + " or NaN" : numbers;
  }
}
