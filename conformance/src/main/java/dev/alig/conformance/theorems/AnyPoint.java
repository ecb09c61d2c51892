package dev.alig.conformance.theorems;

import dev.alig.conformance.Tensor;
import dev.alig.conformance.exact.Real;
import java.util.ArrayList;
import java.util.List;

/**
 * P1: w⁺ lies in the ball, and ‖w⁺-u‖² <= ‖w-u‖² - γ(ℓ(w) - 2ℓ(u)) for every u of the ball.
 *
 * <p>Projecting on a convex set that holds u brings nothing farther from u, so that ‖w⁺-u‖² <=
 * ‖w-u‖² - 2γ g·(w-u) + γ²‖g‖². Here γ‖g‖² <= ℓ(w), and by convexity g·(w-u) >= ℓ(w) - ℓ(u).
 *
 * <p>Rounded numbers miss the last by d = ℓ(w) - ℓ(u) - g·(w-u) where that is positive, which adds
 * 2γd to the right side. It is reached where the loss is linear between w and u and the step has
 * neither a cap nor eps.
 */
final class AnyPoint implements Theorem<Loss> {
  @Override
  public List<Inequality> about(Problem<Loss> problem, List<Move> moves) {
    List<Inequality> claims = new ArrayList<>();
    for (int k = 0; k < moves.size(); k++) {
      claims.add(claim(problem, moves.get(k), problem.losses().get(k)));
      if (problem.setting().radius().isPresent()) {
        claims.add(feasible(moves.get(k), problem.setting().radius().getAsDouble()));
      }
    }
    return claims;
  }

  private static Inequality feasible(Move move, double radius) {
    Tensor origin = Tensor.zeros(move.after().shape());
    return new Inequality(
        "‖w⁺‖² <= radius²",
        move,
        move.squaredDistanceAfter(origin),
        Real.of(radius).squared(),
        Real.ZERO,
        move.roundingOfSquaredDistance(origin));
  }

  private static Inequality claim(Problem<Loss> problem, Move move, Loss loss) {
    Real atTarget = Real.of(loss.value(problem.target()));
    Real step = move.step();
    Real drop = move.l().minus(atTarget);
    Real missing = drop.minus(move.slope(problem.target())).max(Real.ZERO);
    Real gain = step.times(drop.minus(atTarget));
    return new Inequality(
        "‖w⁺-u‖² <= ‖w-u‖² - step·(loss(w) - 2·loss(u))",
        move,
        move.squaredDistanceAfter(problem.target()),
        move.squaredDistanceBefore(problem.target()).minus(gain),
        Real.TWO.times(step).times(missing),
        move.roundingOfSquaredDistance(problem.target()));
  }
}
