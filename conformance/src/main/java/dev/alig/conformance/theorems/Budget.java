package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;
import java.util.List;

/**
 * What a walk to a common minimizer of all losses may spend: Σγℓ <= ‖w₀-w*‖² + lacking + rounding;
 * see {@link Interpolation}.
 *
 * @param squaredDistance ‖w₀-w*‖², before the first step
 * @param spent Σγℓ, with the step sizes of real arithmetic
 * @param lacking Σ2γd, d what ℓ - g·(w-w*) is above 0
 * @param rounding the sum of what rounding may add to ‖w⁺-w*‖²
 */
record Budget(Real squaredDistance, Real spent, Real lacking, Real rounding) {
  static <L extends Loss> Budget of(Problem<L> problem, List<Move> moves) {
    Real spent = Real.ZERO;
    Real lacking = Real.ZERO;
    Real rounding = Real.ZERO;
    for (Move move : moves) {
      Real missing = move.l().minus(move.slope(problem.target())).max(Real.ZERO);
      spent = spent.plus(move.step().times(move.l())).shortened();
      lacking = lacking.plus(Real.TWO.times(move.step()).times(missing)).shortened();
      rounding = rounding.plus(move.roundingOfSquaredDistance(problem.target())).shortened();
    }
    Real before = moves.get(0).squaredDistanceBefore(problem.target());
    return new Budget(before, spent, lacking, rounding);
  }

  /** ‖w₀-w*‖² with what the supplied numbers lack. */
  Real supplied() {
    return squaredDistance.plus(lacking);
  }

  /** ‖w₀-w*‖² with all that may be missing. */
  Real widest() {
    return supplied().plus(rounding);
  }
}
