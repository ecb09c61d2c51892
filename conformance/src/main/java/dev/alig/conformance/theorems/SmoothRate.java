package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * P4: for convex β-smooth losses that vanish at w*, an unclipped γ is at least ℓ/(2βℓ+eps), and
 * with D = ‖w₀-w*‖ the mean loss over T steps is at most max(2β, 1/max_lr)·(D²/T + eps/(4β²)).
 *
 * <p>A nonnegative β-smooth loss has ‖g‖² <= 2βℓ, hence the first. For the second, x - x²/(x+eps) =
 * x·eps/(x+eps) <= eps with x = 2βℓ gives ℓ <= 2β(γℓ + eps/(4β²)) without the cap, and ℓ =
 * γℓ/max_lr with it; add up and use Σγℓ <= D² of {@link Interpolation}.
 *
 * <p>For rounded numbers 2βℓ is ‖g‖² if that is more, and β for the mean the largest ‖g‖²/(2ℓ); a
 * step with ℓ = 0 asks nothing of β. With D² + Σ(2γd + rounding) in place of D² the proof stands
 * for rounded numbers. A reported γ is at least the smallest legal one.
 */
final class SmoothRate implements Theorem<Loss.Smooth> {
  @Override
  public List<Inequality> about(Problem<Loss.Smooth> problem, List<Move> moves) {
    if (moves.isEmpty()) {
      return List.of();
    }
    Real beta = smoothness(problem, moves);
    Real eps = Real.of(problem.setting().eps());
    List<Inequality> claims = new ArrayList<>();
    for (int k = 0; k < moves.size(); k++) {
      if (moves.get(k).loss() > 0) {
        claims.add(atLeast(moves.get(k), problem.losses().get(k).smoothness(), eps));
      }
    }
    claims.add(meanLoss(problem, moves, beta, eps));
    return claims;
  }

  private static Real smoothness(Problem<Loss.Smooth> problem, List<Move> moves) {
    Real beta = Real.ZERO;
    for (int k = 0; k < moves.size(); k++) {
      Move move = moves.get(k);
      beta = beta.max(problem.losses().get(k).smoothness());
      if (move.loss() > 0) {
        beta = beta.max(move.squaredGradient().over(Real.TWO.times(move.l())));
      }
    }
    return beta.shortened();
  }

  private static Inequality atLeast(Move move, Real beta, Real eps) {
    Real doubled = Real.TWO.times(beta).times(move.l()).max(move.squaredGradient());
    Real exact = Move.exact(move.legal().unclipped());
    Real low = Real.of(move.legal().unclipped().low());
    return new Inequality(
        "loss/(2β·loss+eps) <= unclipped step",
        move,
        move.l().over(doubled.plus(eps)),
        Real.of(move.traced().unclipped()),
        Real.ZERO,
        exact.minus(low).max(Real.ZERO));
  }

  private static Inequality meanLoss(
      Problem<Loss.Smooth> problem, List<Move> moves, Real beta, Real eps) {
    Budget budget = Budget.of(problem, moves);
    Real steps = Real.of(moves.size());
    Real factor = Real.TWO.times(beta).max(inverse(problem.setting().cap()));
    Real constant = eps.over(Real.of(4).times(beta.squared()));
    Real sum = moves.stream().map(Move::l).reduce(Real.ZERO, Real::plus);
    return new Inequality(
        "mean loss <= max(2β, 1/max_lr)·(D²/T + eps/(4β²))",
        moves.get(moves.size() - 1),
        sum.over(steps),
        factor.times(budget.squaredDistance().over(steps).plus(constant)),
        factor.times(budget.lacking()).over(steps),
        factor.times(budget.rounding()).over(steps));
  }

  private static Real inverse(OptionalDouble cap) {
    return cap.isPresent() ? Real.ONE.over(Real.of(cap.getAsDouble())) : Real.ZERO;
  }
}
