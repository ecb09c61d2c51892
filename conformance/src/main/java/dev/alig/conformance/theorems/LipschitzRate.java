package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;
import java.util.List;
import java.util.OptionalDouble;

/**
 * P3: for convex losses with ‖g‖ <= C that vanish at w*, with D = ‖w₀-w*‖, the mean loss over T
 * steps is at most D²/(max_lr·T) + D·√((C²+eps)/T).
 *
 * <p>By {@link Interpolation} Σγℓ <= D². Over the steps with the cap, γ = max_lr and so Σℓ <=
 * D²/max_lr. Over the others γ >= ℓ/(C²+eps), so Σℓ² <= (C²+eps)D², and by Cauchy and Schwarz Σℓ <=
 * √(T(C²+eps))·D. Add and divide by T.
 *
 * <p>With D² + Σ(2γd + rounding) in place of D² the proof stands for rounded numbers; C² is the
 * losses' or what a supplied gradient has, if that is more. It is reached by orthogonal hinges, all
 * at the same height, each met once without cap or eps.
 */
final class LipschitzRate implements Theorem<Loss.Lipschitz> {
  @Override
  public List<Inequality> about(Problem<Loss.Lipschitz> problem, List<Move> moves) {
    if (moves.isEmpty()) {
      return List.of();
    }
    Budget budget = Budget.of(problem, moves);
    Real squared = Real.ZERO;
    Real supplied = Real.ZERO;
    Real sum = Real.ZERO;
    for (int k = 0; k < moves.size(); k++) {
      squared = squared.max(problem.losses().get(k).squaredLipschitz());
      supplied = supplied.max(moves.get(k).squaredGradient());
      sum = sum.plus(moves.get(k).l());
    }
    Bound bound =
        new Bound(problem.setting().cap(), Real.of(problem.setting().eps()), moves.size());
    Real right = bound.of(budget.squaredDistance(), squared);
    Real lacking = bound.of(budget.supplied(), squared.max(supplied)).minus(right);
    Real rounding = bound.of(budget.widest(), squared.max(supplied)).minus(right).minus(lacking);
    return List.of(
        new Inequality(
            "mean loss <= D²/(max_lr·T) + D·√((C²+eps)/T)",
            moves.get(moves.size() - 1),
            sum.over(Real.of(moves.size())),
            right,
            lacking.max(Real.ZERO),
            rounding.max(Real.ZERO)));
  }

  private record Bound(OptionalDouble cap, Real eps, int steps) {
    Real of(Real squaredDistance, Real squaredLipschitz) {
      Real mean = squaredDistance.over(Real.of(steps));
      Real clipped = cap.isPresent() ? mean.over(Real.of(cap.getAsDouble())) : Real.ZERO;
      return clipped.plus(mean.times(squaredLipschitz.plus(eps)).root());
    }
  }
}
