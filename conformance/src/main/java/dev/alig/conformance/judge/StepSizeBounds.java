package dev.alig.conformance.judge;

import dev.alig.conformance.DType;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The unclipped step sizes that are legal for a step: loss / (Σ‖g‖² + eps) within its rounding
 * errors.
 *
 * <p>The denominator is a {@link SquaredNorm} plus eps, one rounding. A tensor loss is divided, one
 * rounding. A Python float over a tensor is the reciprocal of the tensor, rounded, times the loss,
 * rounded; the reciprocal of a denormal may overflow. An implementation that knows no such
 * difference divides, so division is legal for both kinds.
 */
final class StepSizeBounds {
  private StepSizeBounds() {}

  /** What a correct implementation may answer for the unclipped step size. */
  static Legal of(Scripted scripted, Step step) {
    DType dtype = scripted.dtype();
    double loss = dtype.round(step.loss());
    if (!step.hasGradient()) {
      return withoutGradient(scripted, step);
    }
    SquaredNorm sum = SquaredNorm.of(gradients(step), dtype);
    if (sum.nan() || Double.isNaN(loss)) {
      return Legal.NAN;
    }
    SquaredNorm denominator = plusEps(sum, scripted.eps(), dtype);
    Legal legal = quotient(Math.abs(loss), denominator, dtype);
    if (step.lossKind() == LossKind.FLOAT) {
      legal = legal.or(timesReciprocal(Math.abs(loss), denominator, dtype));
    }
    return Math.copySign(1, loss) < 0 ? legal.negated() : legal;
  }

  /** Whether the denominator of a step may be infinite. */
  static boolean mayOverflow(Scripted scripted, Step step) {
    SquaredNorm sum = SquaredNorm.of(gradients(step), scripted.dtype());
    return sum.nan() || Double.isInfinite(plusEps(sum, scripted.eps(), scripted.dtype()).high());
  }

  private static List<Tensor> gradients(Step step) {
    return step.gradients().stream().flatMap(List::stream).flatMap(Optional::stream).toList();
  }

  /** Without any gradient the sum is Python's 0, and the original leaves the tensors' dtype. */
  private static Legal withoutGradient(Scripted scripted, Step step) {
    DType dtype = scripted.dtype();
    double wide = step.loss() / scripted.eps();
    double narrow = dtype.round(dtype.round(step.loss()) / dtype.round(scripted.eps()));
    double mixed = dtype.round(step.loss()) / scripted.eps();
    boolean nan = Double.isNaN(wide) || Double.isNaN(narrow) || Double.isNaN(mixed);
    if (Double.isNaN(wide) && Double.isNaN(narrow)) {
      return Legal.NAN;
    }
    // Loss, eps and quotient may each be rounded to the dtype, the loss and the quotient to a
    // denormal.
    double tiny = dtype.smallest();
    double spread = Math.abs(wide) * SquaredNorm.gamma(3, dtype) + tiny / scripted.eps() + tiny;
    double low = least(least(wide, mixed), narrow);
    double high = most(most(wide, mixed), narrow);
    if (Double.isFinite(spread)) {
      low = Math.min(low, wide - spread);
      high = Math.max(high, wide + spread);
    }
    return new Legal(low, high, nan, wide);
  }

  private static double least(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
  }

  private static double most(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
  }

  private static SquaredNorm plusEps(SquaredNorm sum, double eps, DType dtype) {
    double relative = SquaredNorm.gamma(1, dtype);
    double added = dtype.round(eps);
    return new SquaredNorm(
        SquaredNorm.saturateLow((sum.low() + added) * (1 - relative), dtype),
        SquaredNorm.saturateHigh((sum.high() + added) * (1 + relative), dtype),
        false,
        sum.centre() + eps);
  }

  private static Legal quotient(double loss, SquaredNorm denominator, DType dtype) {
    return divide(loss, denominator.low(), denominator.high(), denominator.centre(), dtype);
  }

  private static Legal timesReciprocal(double loss, SquaredNorm denominator, DType dtype) {
    Legal reciprocal =
        divide(1, denominator.low(), denominator.high(), denominator.centre(), dtype);
    double relative = SquaredNorm.gamma(1, dtype);
    double low = loss * reciprocal.low();
    double high = loss * reciprocal.high();
    boolean nan = Double.isNaN(low) || Double.isNaN(high);
    if (Double.isNaN(low) && Double.isNaN(high)) {
      return Legal.NAN;
    }
    double from = Double.isNaN(low) ? high : low;
    double to = Double.isNaN(high) ? low : high;
    return new Legal(
        SquaredNorm.saturateLow(Math.max(0, from * (1 - relative) - dtype.smallest()), dtype),
        SquaredNorm.saturateHigh(to * (1 + relative) + dtype.smallest(), dtype),
        nan,
        loss * reciprocal.centre());
  }

  /** loss / d for a nonnegative loss and every d in [low, high], rounded once. */
  private static Legal divide(double loss, double low, double high, double centre, DType dtype) {
    double least = loss / high;
    double most = loss / low;
    boolean nan = Double.isNaN(least) || Double.isNaN(most);
    if (Double.isNaN(least) && Double.isNaN(most)) {
      return Legal.NAN;
    }
    double from = Double.isNaN(least) ? most : least;
    double to = Double.isNaN(most) ? least : most;
    double relative = SquaredNorm.gamma(1, dtype);
    double slack = loss == 0 ? 0 : dtype.smallest();
    return new Legal(
        SquaredNorm.saturateLow(Math.max(0, from * (1 - relative) - slack), dtype),
        SquaredNorm.saturateHigh(to * (1 + relative) + slack, dtype),
        nan,
        loss / centre);
  }
}
