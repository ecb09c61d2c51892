package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.theorems.Loss.Constant;
import java.util.ArrayList;
import java.util.List;

/** The theorems about many steps, whose losses all vanish at one point w*. */
final class TrajectoryTheorems {
  private TrajectoryTheorems() {}

  /**
   * What the steps to a common minimizer of all losses may sum up to: Σγℓ <= ‖w₀-w*‖² + lacking +
   * rounding; see {@link #interpolation}.
   *
   * @param squaredDistance ‖w₀-w*‖², before the first step
   * @param spent Σγℓ, with the step sizes of real arithmetic
   * @param lacking Σ2γd, d what ℓ - g·(w-w*) is above 0
   * @param rounding the sum of what rounding may add to ‖w⁺-w*‖²
   */
  private record Budget(Real squaredDistance, Real spent, Real lacking, Real rounding) {
    static Budget of(List<Move> moves) {
      Real spent = Real.ZERO;
      Real lacking = Real.ZERO;
      Real rounding = Real.ZERO;
      for (Move move : moves) {
        Real missing = move.l().minus(move.slope()).max(Real.ZERO);
        spent = spent.plus(move.step().times(move.l())).shortened();
        lacking = lacking.plus(Real.TWO.times(move.step()).times(missing)).shortened();
        rounding = rounding.plus(move.roundingOfSquaredDistance()).shortened();
      }
      return new Budget(moves.get(0).squaredDistanceBefore(), spent, lacking, rounding);
    }
  }

  /**
   * P2: where every sample's loss vanishes at w*, each step brings ‖w-w*‖² down by γℓ at least, in
   * whatever order the samples come.
   *
   * <p>This is {@link StepTheorems#anyPoint} with ℓ(w*) = 0: ‖w⁺-w*‖² <= ‖w-w*‖² - 2γ g·(w-w*) +
   * γ²‖g‖², with γ‖g‖² <= ℓ and g·(w-w*) >= ℓ. Rounded numbers miss the last by d = ℓ - g·(w-w*)
   * where that is positive, which adds 2γd. Summed over T steps: Σγℓ <= ‖w₀-w*‖² + Σ(2γd +
   * rounding).
   */
  static List<Inequality> interpolation(List<Move> moves) {
    List<Inequality> claims = new ArrayList<>();
    for (Move move : moves) {
      Budget budget = Budget.of(List.of(move));
      claims.add(
          move.claim(
              "‖w⁺-w*‖² <= ‖w-w*‖² - step·loss",
              move.squaredDistanceAfter(),
              budget.squaredDistance.minus(budget.spent),
              budget.lacking,
              budget.rounding));
    }
    if (!moves.isEmpty()) {
      Budget budget = Budget.of(moves);
      Move last = last(moves);
      claims.add(
          last.claim(
              "Σ step·loss <= ‖w₀-w*‖² - ‖w⁺-w*‖²",
              budget.spent.plus(last.squaredDistanceAfter()),
              budget.squaredDistance,
              budget.lacking,
              budget.rounding));
    }
    return claims;
  }

  /**
   * P3: for convex losses with ‖g‖ <= C that vanish at w*, with D = ‖w₀-w*‖, the mean loss over T
   * steps is at most D²/(max_lr·T) + D·√((C²+eps)/T).
   *
   * <p>By {@link #interpolation} Σγℓ <= D². Over the steps with the cap, γ = max_lr and so Σℓ <=
   * D²/max_lr. Over the others γ >= ℓ/(C²+eps), so Σℓ² <= (C²+eps)D², and by Cauchy and Schwarz Σℓ
   * <= √(T(C²+eps))·D. Add and divide by T.
   *
   * <p>With D² + Σ(2γd + rounding) in place of D² the proof stands for rounded numbers; C² is the
   * losses' or what a supplied gradient has, if that is more. It is reached by orthogonal hinges,
   * all at the same height, each met once without cap or eps.
   */
  static List<Inequality> lipschitzRate(List<Move> moves) {
    if (moves.size() < 2) {
      // The mean is over the points before the steps, so that no answer is in the first.
      return List.of();
    }
    Budget budget = Budget.of(moves);
    Real bound = Real.ZERO;
    Real supplied = Real.ZERO;
    for (Move move : moves) {
      bound = bound.max(move.constant(Constant.SQUARED_LIPSCHITZ));
      supplied = supplied.max(bound).max(move.squaredGradient());
    }
    Real distance = budget.squaredDistance;
    Real right = lipschitzBound(moves, distance, bound);
    Real longer = lipschitzBound(moves, distance.plus(budget.lacking), supplied);
    Real longest =
        lipschitzBound(moves, distance.plus(budget.lacking).plus(budget.rounding), supplied);
    return List.of(
        last(moves)
            .claim(
                "mean loss <= D²/(max_lr·T) + D·√((C²+eps)/T)",
                meanLoss(moves),
                right,
                longer.minus(right).max(Real.ZERO),
                longest.minus(longer).max(Real.ZERO)));
  }

  private static Real lipschitzBound(List<Move> moves, Real squaredDistance, Real squaredGradient) {
    Move any = moves.get(0);
    Real mean = squaredDistance.over(Real.of(moves.size()));
    Real capped = any.cap().map(mean::over).orElse(Real.ZERO);
    return capped.plus(mean.times(squaredGradient.plus(any.eps())).root());
  }

  /**
   * P4: for convex β-smooth losses that vanish at w*, an unclipped γ is at least ℓ/(2βℓ+eps), and
   * with D = ‖w₀-w*‖ the mean loss over T steps is at most max(2β, 1/max_lr)·(D²/T + eps/(4β²)).
   *
   * <p>A nonnegative β-smooth loss has ‖g‖² <= 2βℓ, hence the first. For the second, x - x²/(x+eps)
   * = x·eps/(x+eps) <= eps with x = 2βℓ gives ℓ <= 2β(γℓ + eps/(4β²)) without the cap, and ℓ =
   * γℓ/max_lr with it; add up and use Σγℓ <= D² of {@link #interpolation}.
   *
   * <p>For rounded numbers 2βℓ is ‖g‖² if that is more, and β for the mean the largest ‖g‖²/(2ℓ); a
   * step with ℓ = 0 asks nothing of β. With D² + Σ(2γd + rounding) in place of D² the proof stands
   * for rounded numbers. A reported γ is at least the smallest legal one.
   */
  static List<Inequality> smoothRate(List<Move> moves) {
    List<Inequality> claims = new ArrayList<>();
    for (Move move : moves) {
      if (move.loss() > 0) {
        Real least = Real.of(move.legal().unclipped().low());
        claims.add(
            move.claim(
                "loss/(2β·loss+eps) <= unclipped step",
                move.l().over(StepTheorems.mostSquaredGradient(move).plus(move.eps())),
                Real.of(move.traced().unclipped()),
                Move.exact(move.legal().unclipped()).minus(least).max(Real.ZERO)));
      }
    }
    if (moves.size() > 1) {
      // The mean is over the points before the steps, so that no answer is in the first.
      claims.add(smoothMean(moves));
    }
    return claims;
  }

  private static Inequality smoothMean(List<Move> moves) {
    Real beta = Real.ZERO;
    for (Move move : moves) {
      beta = beta.max(move.constant(Constant.SMOOTHNESS));
      if (move.loss() > 0) {
        beta = beta.max(move.squaredGradient().over(Real.TWO.times(move.l())));
      }
    }
    beta = beta.shortened();
    Budget budget = Budget.of(moves);
    Move last = last(moves);
    Real steps = Real.of(moves.size());
    Real factor = Real.TWO.times(beta).max(last.cap().map(Real.ONE::over).orElse(Real.ZERO));
    Real constant = last.eps().over(Real.of(4).times(beta.squared()));
    return last.claim(
        "mean loss <= max(2β, 1/max_lr)·(D²/T + eps/(4β²))",
        meanLoss(moves),
        factor.times(budget.squaredDistance.over(steps).plus(constant)),
        factor.times(budget.lacking).over(steps),
        factor.times(budget.rounding).over(steps));
  }

  private static Real meanLoss(List<Move> moves) {
    return moves.stream().map(Move::l).reduce(Real.ZERO, Real::plus).over(Real.of(moves.size()));
  }

  private static Move last(List<Move> moves) {
    return moves.get(moves.size() - 1);
  }
}
