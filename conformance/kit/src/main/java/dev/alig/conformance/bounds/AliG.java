package dev.alig.conformance.bounds;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * ALI-G in the operations of its implementations.
 *
 * <p>The unclipped step size is loss / (Σ‖g‖² + eps). Loss and eps are converted to the dtype
 * first. For a tensor loss this is a division. For a loss that is a Python float, torch multiplies
 * the loss with the reciprocal of the denominator, and a division is legal as well.
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum AliG implements Algorithm {
  /**
   * The operations of {@code alig.th}: p - γg, then what momentum adds. A product is fused with the
   * sum that follows, as in torch's kernels on current processors. Denormals are kept.
   */
  TORCH,

  /** The same without fusing: torch on a processor that cannot fuse. */
  UNFUSED,

  /**
   * The same, where each product may be fused with the sum that follows or not: operations of a
   * framework on a device, whose compiler decides.
   */
  FUSED_OR_NOT,

  /**
   * The operations of TensorFlow's kernels: γg - γμv is computed first, with its factors in any
   * order, and then subtracted. Denormals may be flushed to zero.
   */
  TENSORFLOW,

  /** The same with the step sizes of {@code alig.tf}, which clips them to [0, cap]. */
  TENSORFLOW_1;

  @Override
  public boolean isBitwise() {
    return this == TORCH || this == UNFUSED;
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
  public Update update(StepCase scripted, Group group, Bounded stepSize, Rounding rounding) {
    return new AliGUpdate(this, scripted, group, stepSize, rounding);
  }

  @Override
  public Bounded unclipped(StepCase scripted, Step step, Rounding rounding) {
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

  static Bounded denominator(StepCase scripted, Step step, Rounding rounding) {
    List<List<Bounded>> gradients =
        step.presentGradients().stream().map(BoundedState::points).toList();
    return rounding.plus(Norms.sumOfSquares(gradients, rounding), rounding.given(scripted.eps()));
  }

  /**
   * Without any gradient the sum is Python's 0, and the original may compute outside the tensors'
   * dtype. So loss, eps and quotient may each be rounded to the dtype or not.
   */
  private static Bounded withoutGradient(StepCase scripted, Step step, Rounding rounding) {
    DType dtype = scripted.dtype();
    Interval results = new Interval(DType.DOUBLE, rounding.flushes());
    Bounded narrow = rounding.given(step.loss());
    Bounded given = rounding.given(scripted.eps());
    for (double loss : new double[] {step.loss(), narrow.low(), narrow.high()}) {
      for (double eps : new double[] {scripted.eps(), given.low(), given.high()}) {
        // The empty sum is 0.0, so an eps of -0.0 counts as 0.0.
        results.add(loss / (0.0 + eps));
        results.add(dtype.round(loss / (0.0 + eps)));
      }
    }
    boolean real = Double.isFinite(step.loss()) && scripted.eps() > 0;
    return results.with(
        real && Double.isFinite(scripted.eps())
            ? Optional.of(Real.of(step.loss()).over(Real.of(scripted.eps())))
            : Optional.empty());
  }
}
