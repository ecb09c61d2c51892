package dev.alig.conformance.bounds;

import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.exact.Real;
import java.util.List;
import java.util.Optional;

/**
 * ALI-G, in the operations of its implementations.
 *
 * <p>The unclipped step size is loss / (Σ‖g‖² + eps). Loss and eps are converted to the dtype
 * first. A tensor loss is divided; a Python float over a tensor is the reciprocal of the tensor
 * times the loss. An implementation that knows no such difference divides, so division is legal for
 * both kinds.
 */
public enum AliG implements Algorithm {
  /**
   * That of {@code alig.th}: p - γg, then what momentum adds; products fused with the sums that
   * follow, as torch's kernels do on current processors; denormals are kept.
   */
  TORCH,

  /** The same where products are rounded by themselves: torch on a processor that cannot fuse. */
  UNFUSED,

  /**
   * That of TensorFlow's kernels: what is taken off is added up first, γg - γμv, in either order of
   * its factors; denormals may be flushed to zero.
   */
  TENSORFLOW,

  /** The same with the step sizes of {@code alig.tf}: clipped to [0, cap] where there is a cap. */
  TENSORFLOW_1;

  @Override
  public boolean isBitwise() {
    return this == TORCH;
  }

  @Override
  public boolean flushes() {
    return this == TENSORFLOW || this == TENSORFLOW_1;
  }

  @Override
  public Bounded stepSize(Bounded unclipped, Group group, DType dtype) {
    return this == TENSORFLOW_1
        ? new Rounding(dtype, true).flushed(unclipped.clippedTo(group.maxLearningRate(), dtype))
        : Algorithm.super.stepSize(unclipped, group, dtype);
  }

  @Override
  public Update update(Scripted scripted, Group group, Bounded stepSize, Rounding rounding) {
    return new AliGUpdate(this, scripted, group, stepSize, rounding);
  }

  @Override
  public Bounded unclipped(Scripted scripted, Step step, Rounding rounding) {
    if (!step.hasGradient()) {
      return withoutGradient(scripted, step, rounding);
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
  private static Bounded withoutGradient(Scripted scripted, Step step, Rounding rounding) {
    DType dtype = scripted.dtype();
    Hull hull = new Hull(DType.DOUBLE, rounding.flushes());
    Bounded narrow = rounding.given(step.loss());
    Bounded given = rounding.given(scripted.eps());
    for (double loss : new double[] {step.loss(), narrow.low(), narrow.high()}) {
      for (double eps : new double[] {scripted.eps(), given.low(), given.high()}) {
        // The sum of nothing is 0.0, so that an eps of -0.0 counts as 0.0.
        hull.add(loss / (0.0 + eps));
        hull.add(dtype.round(loss / (0.0 + eps)));
      }
    }
    boolean real = Double.isFinite(step.loss()) && scripted.eps() > 0;
    return hull.with(
        real && Double.isFinite(scripted.eps())
            ? Optional.of(Real.of(step.loss()).over(Real.of(scripted.eps())))
            : Optional.empty());
  }
}
