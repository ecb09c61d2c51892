package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;
import java.util.ArrayList;
import java.util.List;

/**
 * P7: without cap and ball ℓ - γ‖g‖² = eps·γ, for the step size that is reported and for the step
 * that is taken.
 *
 * <p>It is γ(‖g‖² + eps) = ℓ written otherwise. A reported γ' is off by δ at most, so that both
 * sides together are off by δ(‖g‖² + eps). For the step taken γ‖g‖² is g·(w-w⁺), which is off by
 * Σ|gᵢ|δᵢ where the elements of w⁺ are off by δᵢ.
 */
final class StepIdentity implements Theorem<Loss> {
  @Override
  public List<Inequality> about(Problem<Loss> problem, List<Move> moves) {
    List<Inequality> claims = new ArrayList<>();
    Real eps = Real.of(problem.setting().eps());
    for (Move move : moves) {
      Real denominator = move.squaredGradient().plus(eps);
      Real off = Move.deviation(move.size());
      for (double size : move.traced().stepSizes()) {
        Real rest = move.l().minus(Real.of(size).times(denominator));
        claims.add(claim("|loss - step·‖g‖² - eps·step| = 0", move, rest, off.times(denominator)));
      }
      Real rest = move.l().minus(move.descent()).minus(eps.times(move.step()));
      claims.add(claim("|loss - g·(w-w⁺) - eps·step| = 0", move, rest, move.roundingOfDescent()));
    }
    return claims;
  }

  private static Inequality claim(String text, Move move, Real rest, Real rounding) {
    return new Inequality(text, move, rest.abs(), Real.ZERO, Real.ZERO, rounding);
  }
}
