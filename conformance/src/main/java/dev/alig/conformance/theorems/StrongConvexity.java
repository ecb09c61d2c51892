package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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
final class StrongConvexity implements Theorem<Loss.StronglyConvex> {
  private static final Real THREE_HALVES = Real.of(1.5);

  @Override
  public List<Inequality> about(Problem<Loss.StronglyConvex> problem, List<Move> moves) {
    List<Inequality> claims = new ArrayList<>();
    for (int k = 0; k < moves.size(); k++) {
      Move move = moves.get(k);
      claims.add(contraction(problem, move, problem.losses().get(k).convexity()));
      if (move.loss() > 0) {
        claims.add(atLeast(problem, move, problem.losses().get(k).smoothness()));
      }
    }
    return claims;
  }

  private static Inequality contraction(
      Problem<Loss.StronglyConvex> problem, Move move, Real alpha) {
    Real squared = move.squaredDistanceBefore(problem.target());
    Real half = Real.of(0.5).times(alpha).times(squared);
    Real step = move.step();
    Real d = move.l().plus(half).minus(move.slope(problem.target())).max(Real.ZERO);
    Real e = half.minus(move.l()).max(Real.ZERO);
    Real factor = Real.ONE.minus(THREE_HALVES.times(alpha).times(step));
    return new Inequality(
        "‖w⁺-w*‖² <= (1 - 1.5α·step)·‖w-w*‖²",
        move,
        move.squaredDistanceAfter(problem.target()),
        factor.times(squared),
        step.times(Real.TWO.times(d).plus(e)),
        move.roundingOfSquaredDistance(problem.target()));
  }

  private static Inequality atLeast(Problem<Loss.StronglyConvex> problem, Move move, Real beta) {
    Real doubled = Real.TWO.times(beta).times(move.l()).max(move.squaredGradient());
    Real least = move.l().over(doubled);
    if (problem.setting().cap().isPresent()) {
      least = least.min(Real.of(problem.setting().cap().getAsDouble()));
    }
    return new Inequality(
        "min(1/(2β), max_lr) <= step",
        move,
        least,
        Real.of(Collections.min(move.traced().stepSizes())),
        Real.ZERO,
        move.step().minus(Real.of(move.size().low())).max(Real.ZERO));
  }
}
