package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;
import java.util.ArrayList;
import java.util.List;

/**
 * P0: γ(‖g‖² + eps) <= ℓ and γ <= max_lr, for the step size that is reported and for the step that
 * is taken.
 *
 * <p>γ = min(ℓ / (‖g‖² + eps), max_lr) gives both at once, as ℓ >= 0. A reported γ' is at most the
 * largest legal one, γ + δ, so that γ'(‖g‖² + eps) <= ℓ + δ(‖g‖² + eps). Without a projection the
 * step taken has w - w⁺ = γg, hence g·(w-w⁺) + γ·eps <= ℓ, and with every element of w⁺ off by δᵢ
 * at most, g·(w-w⁺) is off by Σ|gᵢ|δᵢ; and ‖w-w⁺‖² <= max_lr²‖g‖².
 */
final class StepLimit implements Theorem<Loss> {
  @Override
  public List<Inequality> about(Problem<Loss> problem, List<Move> moves) {
    List<Inequality> claims = new ArrayList<>();
    Real eps = Real.of(problem.setting().eps());
    for (Move move : moves) {
      Real denominator = move.squaredGradient().plus(eps);
      Real above = Real.of(move.size().high()).minus(move.step()).max(Real.ZERO);
      for (double size : move.traced().stepSizes()) {
        Real left = Real.of(size).times(denominator);
        Real rounding = above.times(denominator);
        claims.add(claim("step·(‖g‖²+eps) <= loss", move, left, move.l(), rounding));
        if (problem.setting().cap().isPresent()) {
          Real cap = Real.of(problem.setting().cap().getAsDouble());
          claims.add(claim("step <= max_lr", move, Real.of(size), cap, Real.ZERO));
        }
      }
      if (problem.setting().radius().isEmpty()) {
        claims.addAll(taken(problem, move, eps));
      }
    }
    return claims;
  }

  private static List<Inequality> taken(Problem<Loss> problem, Move move, Real eps) {
    List<Inequality> claims = new ArrayList<>();
    Real left = move.descent().plus(move.step().times(eps));
    claims.add(
        claim("g·(w-w⁺) + step·eps <= loss", move, left, move.l(), move.roundingOfDescent()));
    if (problem.setting().cap().isPresent()) {
      Real cap = Real.of(problem.setting().cap().getAsDouble());
      claims.add(
          claim(
              "‖w-w⁺‖² <= max_lr²·‖g‖²",
              move,
              move.squaredDistanceAfter(move.before()),
              cap.squared().times(move.squaredGradient()),
              move.roundingOfSquaredDistance(move.before())));
    }
    return claims;
  }

  private static Inequality claim(String text, Move move, Real left, Real right, Real rounding) {
    return new Inequality(text, move, left, right, Real.ZERO, rounding);
  }
}
