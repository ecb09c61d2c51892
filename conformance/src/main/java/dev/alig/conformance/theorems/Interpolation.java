package dev.alig.conformance.theorems;

import java.util.ArrayList;
import java.util.List;

/**
 * P2: where every sample's loss vanishes at w*, each step brings ‖w-w*‖² down by γℓ at least, in
 * whatever order the samples come.
 *
 * <p>This is {@link AnyPoint} with ℓ(w*) = 0: ‖w⁺-w*‖² <= ‖w-w*‖² - 2γ g·(w-w*) + γ²‖g‖², with
 * γ‖g‖² <= ℓ and g·(w-w*) >= ℓ. Rounded numbers miss the last by d = ℓ - g·(w-w*) where that is
 * positive, which adds 2γd. Summed over T steps: Σγℓ <= ‖w₀-w*‖² + Σ(2γd + rounding).
 */
final class Interpolation implements Theorem<Loss> {
  @Override
  public List<Inequality> about(Problem<Loss> problem, List<Move> moves) {
    List<Inequality> claims = new ArrayList<>();
    for (Move move : moves) {
      Budget budget = Budget.of(problem, List.of(move));
      claims.add(
          new Inequality(
              "‖w⁺-w*‖² <= ‖w-w*‖² - step·loss",
              move,
              move.squaredDistanceAfter(problem.target()),
              budget.squaredDistance().minus(budget.spent()),
              budget.lacking(),
              budget.rounding()));
    }
    if (!moves.isEmpty()) {
      Budget budget = Budget.of(problem, moves);
      Move last = moves.get(moves.size() - 1);
      claims.add(
          new Inequality(
              "Σ step·loss <= ‖w₀-w*‖² - ‖w⁺-w*‖²",
              last,
              budget.spent().plus(last.squaredDistanceAfter(problem.target())),
              budget.squaredDistance(),
              budget.lacking(),
              budget.rounding()));
    }
    return claims;
  }
}
