package dev.alig.conformance.bounds;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Worst;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * A number that an implementation computes: its real-number answer, and the answers that a correct
 * implementation may give.
 *
 * @param exact the answer in real arithmetic; empty if an operand is NaN or infinite
 * @param low the smallest legal number
 * @param high the largest legal number; below {@code low} if only NaN is legal
 * @param nan whether NaN is legal
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Bounded(Optional<Real> exact, double low, double high, boolean nan) {
  /** Only NaN. */
  public static final Bounded NAN =
      new Bounded(Optional.empty(), Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, true);

  /** A number that is given, not computed. */
  public static Bounded of(double value) {
    if (Double.isNaN(value)) {
      return NAN;
    }
    Optional<Real> exact = Double.isFinite(value) ? Optional.of(Real.of(value)) : Optional.empty();
    return new Bounded(exact, value, value, false);
  }

  /** Whether exactly one number is legal, and NaN is not. */
  boolean isPoint() {
    return low == high && !nan;
  }

  /** Whether exactly one number is legal, and it is the real-number answer. */
  boolean isKnown() {
    return isPoint()
        && Double.isFinite(low)
        && exact.filter(answer -> answer.equals(Real.of(low))).isPresent();
  }

  /** Whether any number is legal. */
  boolean hasNumbers() {
    return low <= high;
  }

  boolean mayBeZero() {
    return low <= 0 && 0 <= high;
  }

  boolean mayBeInfinite() {
    return hasNumbers() && (Double.isInfinite(low) || Double.isInfinite(high));
  }

  /** Whether an implementation may answer {@code value}; 0.0 and -0.0 count as equal. */
  public boolean accepts(double value) {
    return Double.isNaN(value) ? nan : low <= value && value <= high;
  }

  /** Whether every answer is legal, so that comparing one shows nothing. */
  public boolean acceptsAll() {
    return nan && low == Double.NEGATIVE_INFINITY && high == Double.POSITIVE_INFINITY;
  }

  /** The legal answer nearest to the real-number answer, if that is known. */
  public double nearest(DType dtype) {
    double rounded = exact.map(answer -> answer.rounded(dtype)).orElse(low);
    return hasNumbers() ? Math.min(Math.max(low, rounded), high) : Double.NaN;
  }

  /** Whether {@code value} is legal, and the sign of a zero is that of {@code sign}. */
  public boolean accepts(double value, double sign) {
    boolean rightSign = value != 0 || Math.copySign(1, value) == Math.copySign(1, sign);
    return rightSign && accepts(value);
  }

  /**
   * How close an answer came to its bound: |value - exact| over the distance from the exact answer
   * to the farther end of the legal numbers.
   *
   * <p>Empty if the ratio would mean nothing: for NaN and infinities; if the format's range
   * decides, so that the exact answer is not legal; and if only the exact answer's two neighbours
   * in the format are legal, because then every legal answer is as good as a rounded exact answer.
   */
  public OptionalDouble ratio(double value, DType dtype) {
    if (exact.isEmpty() || !Double.isFinite(value) || nan || mayBeInfinite() || !hasNumbers()) {
      return OptionalDouble.empty();
    }
    if (high <= dtype.up(low)) {
      return OptionalDouble.empty();
    }
    Real below = exact.get().minus(Real.of(low));
    Real above = Real.of(high).minus(exact.get());
    if (below.signum() < 0 || above.signum() < 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(deviation(value).ratioTo(below.max(above)));
  }

  /** Compares an answer of the given {@link #ratio} with its bound. */
  public Worst compared(double value, double ratio, String caseId) {
    Real below = exact.orElseThrow().minus(Real.of(low));
    Real above = Real.of(high).minus(exact.orElseThrow());
    return new Worst(deviation(value).toDouble(), below.max(above).toDouble(), ratio, caseId);
  }

  private Real deviation(double value) {
    return Real.of(value).minus(exact.orElseThrow()).abs();
  }

  /** Allows the answers of both; the exact answer is this one's. */
  public Bounded or(Bounded other) {
    return new Bounded(
        exact, Math.min(low, other.low), Math.max(high, other.high), nan || other.nan);
  }

  /** The same legal answers with another exact answer. */
  Bounded withExact(Optional<Real> other) {
    return new Bounded(other, low, high, nan);
  }

  /** The negative of the number. */
  public Bounded negated() {
    return new Bounded(exact.map(Real::negated), -high, -low, nan);
  }

  /** The smallest absolute value that is legal. */
  double least() {
    return mayBeZero() ? 0 : Math.min(Math.abs(low), Math.abs(high));
  }

  /** The largest absolute value that is legal. */
  double most() {
    return Math.max(Math.abs(low), Math.abs(high));
  }

  /** Python's {@code min(this, cap)}: NaN stays NaN, and a NaN cap has no effect. */
  Bounded atMost(Bounded cap) {
    return hasNumbers() && cap.hasNumbers()
        ? new Bounded(exactAtMost(cap), Math.min(low, cap.low), Math.min(high, cap.high), nan)
        : this;
  }

  /**
   * If one of the two exact answers is unknown, the legal numbers may still decide which is
   * smaller.
   */
  private Optional<Real> exactAtMost(Bounded cap) {
    if (exact.isPresent() && cap.exact.isPresent()) {
      return Optional.of(exact.get().min(cap.exact.get()));
    }
    return high <= cap.low ? exact : cap.high < low ? cap.exact : Optional.empty();
  }

  private Bounded atLeast(Bounded floor) {
    return negated().atMost(floor.negated()).negated();
  }

  /** The number clipped to [0, cap] in a format; unchanged without a cap. NaN stays NaN. */
  public Bounded clippedTo(OptionalDouble cap, DType dtype) {
    return cap.isPresent() ? atLeast(of(0)).atMost(of(dtype.round(cap.getAsDouble()))) : this;
  }

  @Override
  public String toString() {
    String numbers = low <= high ? "[%s, %s]".formatted(low, high) : "no number";
    return nan ? numbers + " or NaN" : numbers;
  }
}
