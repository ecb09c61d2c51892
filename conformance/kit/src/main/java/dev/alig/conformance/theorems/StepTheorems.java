package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.theorems.Loss.Constant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The theorems about a single step. */
final class StepTheorems {
  private static final Real HALF = Real.of(0.5);
  private static final Real THREE_HALVES = Real.of(1.5);

  private StepTheorems() {}

  /**
   * P0: γ(‖g‖² + eps) <= ℓ and γ <= max_lr, for the step size that is reported and for the step
   * that is taken.
   *
   * <p>γ = min(ℓ / (‖g‖² + eps), max_lr) gives both at once, as ℓ >= 0. A reported γ' is at most
   * the largest legal one, γ + δ, so that γ'(‖g‖² + eps) <= ℓ + δ(‖g‖² + eps). Without a projection
   * the step taken has w - w⁺ = γg, hence g·(w-w⁺) + γ·eps <= ℓ, and with every element of w⁺ off
   * by δᵢ at most, g·(w-w⁺) is off by Σ|gᵢ|δᵢ; and ‖w-w⁺‖² <= max_lr²‖g‖².
   */
  static List<Inequality> stepLimit(Move move) {
    List<Inequality> claims = new ArrayList<>();
    Real denominator = move.squaredGradient().plus(move.eps());
    Real above = Real.of(move.size().high()).minus(move.step()).max(Real.ZERO);
    for (double reported : move.traced().stepSizes()) {
      Real size = Real.of(reported);
      claims.add(
          move.claim(
              "step·(‖g‖²+eps) <= loss",
              size.times(denominator),
              move.l(),
              above.times(denominator)));
      move.cap().ifPresent(cap -> claims.add(move.claim("step <= max_lr", size, cap, Real.ZERO)));
    }
    if (move.scripted().radius().isEmpty()) {
      claims.add(
          move.claim(
              "g·(w-w⁺) + step·eps <= loss",
              move.descent().plus(move.step().times(move.eps())),
              move.l(),
              move.roundingOfDescent()));
      move.cap()
          .map(
              cap ->
                  move.claim(
                      "‖w-w⁺‖² <= max_lr²·‖g‖²",
                      Vectors.squaredDistance(move.after(), move.before()),
                      cap.squared().times(move.squaredGradient()),
                      move.roundingOfSquaredDistance(move.before())))
          .ifPresent(claims::add);
    }
    return claims;
  }

  /**
   * P1: w⁺ lies in the ball, and ‖w⁺-u‖² <= ‖w-u‖² - γ(ℓ(w) - 2ℓ(u)) for every u of the ball.
   *
   * <p>Projecting on a convex set that holds u brings nothing farther from u, so that ‖w⁺-u‖² <=
   * ‖w-u‖² - 2γ g·(w-u) + γ²‖g‖². Here γ‖g‖² <= ℓ(w), and by convexity g·(w-u) >= ℓ(w) - ℓ(u).
   *
   * <p>Rounded numbers miss the last by d = ℓ(w) - ℓ(u) - g·(w-u) where that is positive, which
   * adds 2γd to the right side. It is reached where the loss is linear between w and u and the step
   * has neither a cap nor eps.
   */
  static List<Inequality> anyPoint(Move move) {
    List<Inequality> claims = new ArrayList<>();
    Real atTarget = Real.of(move.problem().losses().get(move.k()).value(move.target()));
    Real drop = move.l().minus(atTarget);
    Real missing = drop.minus(move.slope()).max(Real.ZERO);
    claims.add(
        move.claim(
            "‖w⁺-u‖² <= ‖w-u‖² - step·(loss(w) - 2·loss(u))",
            move.squaredDistanceAfter(),
            move.squaredDistanceBefore().minus(move.step().times(drop.minus(atTarget))),
            Real.TWO.times(move.step()).times(missing),
            move.roundingOfSquaredDistance()));
    if (move.scripted().radius().isPresent()) {
      claims.add(
          move.claim(
              "‖w⁺‖² <= radius²",
              Vectors.squaredNorm(move.after()),
              Real.of(move.scripted().radius().getAsDouble()).squared(),
              move.roundingOfSquaredDistance(Tensor.zeros(move.after().shape()))));
    }
    return claims;
  }

  /**
   * P5: for α-strongly convex β-smooth losses that vanish at w*, and eps = 0: ‖w⁺-w*‖² <= (1 -
   * 1.5αγ)·‖w-w*‖², and γ >= min(1/(2β), max_lr).
   *
   * <p>With D = ‖w-w*‖, strong convexity gives g·(w-w*) >= ℓ + ½αD² and ℓ >= ½αD²; with γ‖g‖² <= ℓ,
   * ‖w⁺-w*‖² <= D² - 2γ(ℓ + ½αD²) + γℓ <= D² - 1.5αγD². The second is ‖g‖² <= 2βℓ.
   *
   * <p>Rounded numbers miss the two by d = ℓ + ½αD² - g·(w-w*) and e = ½αD² - ℓ where these are
   * positive, which adds 2γd + γe; 2βℓ is ‖g‖² if that is more. It is reached with α = β without a
   * cap: there γ = 1/(2α) and the distance halves.
   */
  static List<Inequality> strongConvexity(Move move) {
    List<Inequality> claims = new ArrayList<>();
    Real alpha = move.constant(Constant.CONVEXITY);
    Real squared = move.squaredDistanceBefore();
    Real half = HALF.times(alpha).times(squared);
    Real step = move.step();
    Real d = move.l().plus(half).minus(move.slope()).max(Real.ZERO);
    Real e = half.minus(move.l()).max(Real.ZERO);
    claims.add(
        move.claim(
            "‖w⁺-w*‖² <= (1 - 1.5α·step)·‖w-w*‖²",
            move.squaredDistanceAfter(),
            Real.ONE.minus(THREE_HALVES.times(alpha).times(step)).times(squared),
            step.times(Real.TWO.times(d).plus(e)),
            move.roundingOfSquaredDistance()));
    if (move.loss() > 0) {
      Real least = move.l().over(mostSquaredGradient(move));
      claims.add(
          move.claim(
              "min(1/(2β), max_lr) <= step",
              move.cap().map(least::min).orElse(least),
              Real.of(Collections.min(move.traced().stepSizes())),
              step.minus(Real.of(move.size().low())).max(Real.ZERO)));
    }
    return claims;
  }

  /** 2βℓ, which ‖g‖² is at most; ‖g‖² where it is more as numbers are rounded. */
  static Real mostSquaredGradient(Move move) {
    Real doubled = Real.TWO.times(move.constant(Constant.SMOOTHNESS)).times(move.l());
    return doubled.max(move.squaredGradient());
  }

  /**
   * P6: where g·(w-w*) >= μ‖w-w*‖² and ‖g‖ <= β‖w-w*‖, convex or not: ‖w⁺-w*‖² <= (1 - 2γμ +
   * γ²β²)·‖w-w*‖², a contraction for γ < 2μ/β².
   *
   * <p>It is ‖w⁺-w*‖² = ‖w-w*‖² - 2γ g·(w-w*) + γ²‖g‖², term by term. With D = ‖w-w*‖, rounded
   * numbers miss the two by d = μD² - g·(w-w*) and e = ‖g‖² - β²D² where these are positive, which
   * adds 2γd + γ²e.
   */
  static List<Inequality> restrictedSecant(Move move) {
    Real squared = move.squaredDistanceBefore();
    Real step = move.step();
    Real least = move.constant(Constant.SECANT).times(squared);
    Real most = move.constant(Constant.SMOOTHNESS).squared().times(squared);
    Real d = least.minus(move.slope()).max(Real.ZERO);
    Real e = move.squaredGradient().minus(most).max(Real.ZERO);
    Real change = step.squared().times(most).minus(Real.TWO.times(step).times(least));
    return List.of(
        move.claim(
            "‖w⁺-w*‖² <= (1 - 2·step·μ + step²·β²)·‖w-w*‖²",
            move.squaredDistanceAfter(),
            squared.plus(change),
            Real.TWO.times(step).times(d).plus(step.squared().times(e)),
            move.roundingOfSquaredDistance()));
  }

  /**
   * P7: without cap and ball ℓ - γ‖g‖² = eps·γ, for the step size that is reported and for the step
   * that is taken.
   *
   * <p>It is γ(‖g‖² + eps) = ℓ written otherwise. A reported γ' is off by δ at most, so that both
   * sides together are off by δ(‖g‖² + eps). For the step taken γ‖g‖² is g·(w-w⁺), which is off by
   * Σ|gᵢ|δᵢ where the elements of w⁺ are off by δᵢ.
   */
  static List<Inequality> stepIdentity(Move move) {
    List<Inequality> claims = new ArrayList<>();
    Real denominator = move.squaredGradient().plus(move.eps());
    Real off = Move.deviation(move.size());
    for (double size : move.traced().stepSizes()) {
      Real rest = move.l().minus(Real.of(size).times(denominator));
      claims.add(
          move.claim(
              "|loss - step·‖g‖² - eps·step| = 0", rest.abs(), Real.ZERO, off.times(denominator)));
    }
    if (move.squaredGradient().signum() != 0) {
      // Along no gradient, no step that is taken would be wrong.
      Real rest = move.l().minus(move.descent()).minus(move.eps().times(move.step()));
      claims.add(
          move.claim(
              "|loss - g·(w-w⁺) - eps·step| = 0", rest.abs(), Real.ZERO, move.roundingOfDescent()));
    }
    return claims;
  }
}
