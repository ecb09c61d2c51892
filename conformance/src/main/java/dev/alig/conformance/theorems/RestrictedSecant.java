package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;
import java.util.ArrayList;
import java.util.List;

/**
 * P6: where g·(w-w*) >= μ‖w-w*‖² and ‖g‖ <= β‖w-w*‖, convex or not: ‖w⁺-w*‖² <= (1 - 2γμ +
 * γ²β²)·‖w-w*‖², a contraction for γ < 2μ/β².
 *
 * <p>It is ‖w⁺-w*‖² = ‖w-w*‖² - 2γ g·(w-w*) + γ²‖g‖², term by term. With D = ‖w-w*‖, rounded
 * numbers miss the two by d = μD² - g·(w-w*) and e = ‖g‖² - β²D² where these are positive, which
 * adds 2γd + γ²e.
 */
final class RestrictedSecant implements Theorem<Loss.RestrictedSecant> {
  @Override
  public List<Inequality> about(Problem<Loss.RestrictedSecant> problem, List<Move> moves) {
    List<Inequality> claims = new ArrayList<>();
    for (int k = 0; k < moves.size(); k++) {
      claims.add(contraction(problem, moves.get(k), problem.losses().get(k)));
    }
    return claims;
  }

  private static Inequality contraction(
      Problem<Loss.RestrictedSecant> problem, Move move, Loss.RestrictedSecant loss) {
    Real squared = move.squaredDistanceBefore(problem.target());
    Real step = move.step();
    Real least = loss.secant().times(squared);
    Real most = loss.smoothness().squared().times(squared);
    Real d = least.minus(move.slope(problem.target())).max(Real.ZERO);
    Real e = move.squaredGradient().minus(most).max(Real.ZERO);
    Real change = step.squared().times(most).minus(Real.TWO.times(step).times(least));
    return new Inequality(
        "‖w⁺-w*‖² <= (1 - 2·step·μ + step²·β²)·‖w-w*‖²",
        move,
        move.squaredDistanceAfter(problem.target()),
        squared.plus(change),
        Real.TWO.times(step).times(d).plus(step.squared().times(e)),
        move.roundingOfSquaredDistance(problem.target()));
  }
}
