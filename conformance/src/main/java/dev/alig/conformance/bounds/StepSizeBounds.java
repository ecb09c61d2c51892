package dev.alig.conformance.bounds;

import dev.alig.conformance.DType;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.exact.Real;
import java.util.List;
import java.util.Optional;

/**
 * The unclipped step sizes that are legal for a step: loss / (Σ‖g‖² + eps) within its roundings.
 *
 * <p>Loss and eps are converted to the dtype first. A tensor loss is divided; a Python float over a
 * tensor is the reciprocal of the tensor times the loss. An implementation that knows no such
 * difference divides, so division is legal for both kinds.
 */
final class StepSizeBounds {
  private StepSizeBounds() {}

  static Bounded of(Scripted scripted, Step step, Rounding rounding) {
    if (!step.hasGradient()) {
      return withoutGradient(scripted, step);
    }
    Bounded loss = rounding.given(step.loss());
    Bounded denominator = denominator(scripted, step, rounding);
    Bounded quotient = rounding.over(loss, denominator);
    if (step.lossKind() == LossKind.TENSOR) {
      return quotient;
    }
    Bounded reciprocal = rounding.over(Bounded.of(1), denominator);
    return quotient.or(rounding.times(reciprocal, loss));
  }

  static Bounded denominator(Scripted scripted, Step step, Rounding rounding) {
    List<List<Bounded>> gradients =
        step.gradients().stream()
            .flatMap(List::stream)
            .flatMap(Optional::stream)
            .map(BoundedState::points)
            .toList();
    return rounding.plus(Norms.sumOfSquares(gradients, rounding), rounding.given(scripted.eps()));
  }

  /**
   * Without any gradient the sum is Python's 0, and the original may leave the tensors' dtype:
   * loss, eps and quotient are each rounded to it or not.
   */
  private static Bounded withoutGradient(Scripted scripted, Step step) {
    DType dtype = scripted.dtype();
    Hull hull = new Hull(DType.DOUBLE, false);
    for (double loss : new double[] {step.loss(), dtype.round(step.loss())}) {
      for (double eps : new double[] {0.0 + scripted.eps(), 0.0 + dtype.round(scripted.eps())}) {
        hull.add(loss / eps);
        hull.add(dtype.round(loss / eps));
      }
    }
    boolean real = Double.isFinite(step.loss()) && scripted.eps() > 0;
    return hull.with(
        real && Double.isFinite(scripted.eps())
            ? Optional.of(Real.of(step.loss()).over(Real.of(scripted.eps())))
            : Optional.empty());
  }
}
