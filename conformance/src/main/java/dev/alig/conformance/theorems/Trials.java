package dev.alig.conformance.theorems;

import dev.alig.conformance.Scripted;
import java.util.List;

/** The trials of each theorem; a seed makes up the problem. */
public final class Trials {
  private Trials() {}

  /** P0, see {@link StepLimit}. */
  public static Trial stepLimit(long seed) {
    return new WalkTrial<>(new StepLimit(), List.of(Problems.any(seed)));
  }

  /** P1, see {@link AnyPoint}. */
  public static Trial anyPoint(long seed) {
    return new WalkTrial<>(new AnyPoint(), List.of(Problems.convex(seed)));
  }

  /** P2, see {@link Interpolation}. */
  public static Trial interpolation(long seed) {
    return new WalkTrial<>(new Interpolation(), List.of(Problems.interpolating(seed)));
  }

  /** P3, see {@link LipschitzRate}. */
  public static Trial lipschitzRate(long seed) {
    return new WalkTrial<>(new LipschitzRate(), List.of(Problems.lipschitz(seed)));
  }

  /** P4, see {@link SmoothRate}. */
  public static Trial smoothRate(long seed) {
    return new WalkTrial<>(new SmoothRate(), List.of(Problems.smooth(seed)));
  }

  /** P5, see {@link StrongConvexity}. */
  public static Trial strongConvexity(long seed) {
    return new WalkTrial<>(new StrongConvexity(), List.of(Problems.stronglyConvex(seed)));
  }

  /** P6, see {@link RestrictedSecant}. */
  public static Trial restrictedSecant(long seed) {
    return new WalkTrial<>(new RestrictedSecant(), List.of(Problems.restrictedSecant(seed)));
  }

  /** The counterexample of P6, see {@link Cycle}. */
  public static Trial cycle(long seed) {
    return new WalkTrial<>(new Cycle(), List.of(Cycle.problem(seed)));
  }

  /** P7, see {@link StepIdentity}. */
  public static Trial stepIdentity(long seed) {
    return new WalkTrial<>(new StepIdentity(), List.of(Problems.unclipped(seed)));
  }

  /**
   * P8, see {@link Scaling}.
   *
   * @param scripted a case whose numbers leave room for scaling
   * @param loss log₂ of the factor of the loss, as a share in [-1, 1] of the largest possible
   * @param parameters the same of the divisor of the parameters
   */
  public static Trial scaling(Scripted scripted, double loss, double parameters) {
    int most = Scaling.most(scripted.dtype());
    int lossPower = (int) Math.round(loss * most);
    int parameterPower = (int) Math.round(parameters * most);
    return new ScalingTrial(scripted, new Scaling(lossPower, parameterPower));
  }
}
