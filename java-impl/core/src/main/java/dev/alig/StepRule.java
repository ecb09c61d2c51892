package dev.alig;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The step sizes of ALI-G: η = min((loss − lowerBound) / (Σ‖g‖² + eps), maxLearningRate).
 *
 * <p>The sum, the loss, the denominator and the quotient are each rounded to the gradients'
 * precision, as in {@code alig.th} for a loss that is a tensor. The cap is applied in {@code
 * double}.
 *
 * <ul>
 *   <li>If there is no gradient, the unclipped step size is (loss − lowerBound) / eps in {@code
 *       double}, as in {@code alig.th} for a loss that is a Python number.
 *   <li>0/0 gives NaN, and NaN is not capped.
 *   <li>For negative and non-finite losses see {@link NegativeLoss} and {@link NonFinite}.
 * </ul>
 *
 * <p>Source: Berrada, Zisserman, Kumar, ICML 2020, arXiv:1906.05661, algorithm 1. Immutable and
 * thread-safe.
 */
public final class StepRule {
  private final Settings settings;

  /** A rule with these settings. */
  public StepRule(Settings settings) {
    this.settings = settings;
  }

  /**
   * Whether {@link #decide} needs to know if all gradients are finite.
   *
   * @param norm Σ‖g‖² over the gradients present
   */
  public boolean asksForFiniteness(SquaredNorm norm) {
    return settings.nonFinite() != NonFinite.PROPAGATE || norm.isInfinite();
  }

  /**
   * Computes the step sizes of one step.
   *
   * @param loss the loss at the current parameters
   * @param norm Σ‖g‖² over the gradients present
   * @param gradientsFinite whether every element of every gradient is finite; read only if {@link
   *     #asksForFiniteness}
   * @param groups the groups' settings, at least one
   * @param step the number of steps taken before, for the schedule
   * @throws IllegalArgumentException if {@link NegativeLoss#REFUSE} or {@link NonFinite#REFUSE}
   *     refuses the values, or the schedule gives a cap that is negative or NaN
   */
  public StepReport decide(
      double loss,
      SquaredNorm norm,
      boolean gradientsFinite,
      List<GroupSettings> groups,
      long step) {
    double unclipped = unclipped(loss, norm);
    if (settings.nonFinite() != NonFinite.PROPAGATE
        && !(Double.isFinite(loss) && gradientsFinite)) {
      return skip(loss, unclipped, norm, gradientsFinite, groups.size());
    }
    double numerator = loss - settings.lowerBound();
    if (numerator < 0 && settings.negativeLoss() == NegativeLoss.REFUSE) {
      throw new IllegalArgumentException(
          "loss must be >= its lower bound "
              + settings.lowerBound()
              + ", was "
              + loss
              + "; lower the bound, or choose NegativeLoss.STOP or ASCEND");
    }
    boolean stop = numerator < 0 && settings.negativeLoss() == NegativeLoss.STOP;
    List<Double> stepSizes = new ArrayList<>(groups.size());
    for (GroupSettings group : groups) {
      stepSizes.add(stop ? 0.0 : capped(unclipped, cap(group, step)));
    }
    return new StepReport(
        StepReport.Outcome.TAKEN,
        loss,
        unclipped,
        stepSizes,
        norm.root(),
        norm.isInfinite() && gradientsFinite);
  }

  private double unclipped(double loss, SquaredNorm norm) {
    double numerator = loss - settings.lowerBound();
    if (norm.isEmpty()) {
      // alig.th adds eps to a sum of 0.0, so an eps of -0.0 acts as 0.0.
      return numerator / (0.0 + settings.eps());
    }
    Precision precision = norm.precision();
    double denominator = precision.round(norm.value() + precision.scalar(settings.eps()));
    return precision.round(precision.round(numerator) / denominator);
  }

  /** Python's {@code min(unclipped, cap)}: NaN stays NaN. */
  private static double capped(double unclipped, double cap) {
    return cap < unclipped ? cap : unclipped;
  }

  private double cap(GroupSettings group, long step) {
    double cap = settings.schedule().capAt(step, group.maxLearningRate());
    if (!(cap >= 0)) {
      throw new IllegalArgumentException(
          "the learning-rate schedule must give a cap >= 0, gave " + cap + " at step " + step);
    }
    return cap;
  }

  private StepReport skip(
      double loss, double unclipped, SquaredNorm norm, boolean gradientsFinite, int groups) {
    if (settings.nonFinite() == NonFinite.REFUSE) {
      throw new IllegalArgumentException(
          "loss and gradients must be finite, loss was "
              + loss
              + " and the gradients' norm "
              + norm.root()
              + "; choose NonFinite.SKIP to skip such steps");
    }
    return new StepReport(
        StepReport.Outcome.SKIPPED,
        loss,
        unclipped,
        Collections.nCopies(groups, 0.0),
        norm.root(),
        norm.isInfinite() && gradientsFinite);
  }
}
