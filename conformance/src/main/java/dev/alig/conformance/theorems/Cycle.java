package dev.alig.conformance.theorems;

import dev.alig.conformance.Tensor;
import dev.alig.conformance.exact.Real;
import java.util.ArrayList;
import java.util.List;

/**
 * The counterexample of P6: without a cap ALI-G does not converge on every function that satisfies
 * the restricted secant inequality. On f(x) = x² + 3·sin²x with eps = 0 it is caught between c and
 * -c, c = {@value #LEADING_DIGITS}….
 *
 * <p>There the step is x⁺ = N(x) = x - f(x)/f'(x). N is odd, N(c) = -c, and its derivative
 * f·f''/f'² is 0.4754 at c and between 0 and {@value #SHRINKAGE} within 2^-8 of c; so |N(x) + c| <=
 * {@value #SHRINKAGE}·|x - c| there, and a walk that starts there stays and ends at c and -c in
 * turn.
 *
 * <p>With the supplied loss ℓ and gradient g the step is x - ℓ/g, which misses N(x) by |ℓ/g -
 * f/f'|, computed from the series of the sine; rounding adds how far the answer may be from x -
 * ℓ/g. If both together are at most σ in each of T steps, the last iterate is within {@value
 * #SHRINKAGE}^T·|x₀ - c| + σ/(1 - {@value #SHRINKAGE}) of ±c.
 */
final class Cycle implements Theorem<Loss.RestrictedSecant> {
  static final double LEADING_DIGITS = 2.2009516482;
  static final double SHRINKAGE = 0.75;
  static final double WIDTH = 0x1p-8;

  private static final Real C = solve();

  /** The counterexample from a start that is caught. */
  static Problem<Loss.RestrictedSecant> problem(long seed) {
    Draw draw = new Draw(seed);
    double near = C.toDouble() + draw.number(-WIDTH, WIDTH) / 2;
    double start = draw.dtype().round(draw.of(near, -near));
    Tensor origin = Tensor.vector(0);
    Setting setting = draw.setting(0).withLayout(List.of(List.of(1)));
    List<Loss.RestrictedSecant> losses = new ArrayList<>();
    int steps = draw.of(1, 1, 1, 1, 6);
    for (int k = 0; k < steps; k++) {
      losses.add(new Wave(1, 3, origin));
    }
    return new Problem<>("cycle seed " + seed, setting, losses, Tensor.vector(start), origin);
  }

  /** c, to all the digits that are kept. */
  static Real center() {
    return C;
  }

  @Override
  public List<Inequality> about(Problem<Loss.RestrictedSecant> problem, List<Move> moves) {
    List<Inequality> claims = new ArrayList<>();
    Real shrunk = offCycle(Real.of(problem.start().get(0)).abs());
    Real lacking = Real.ZERO;
    Real rounding = Real.ZERO;
    for (Move move : moves) {
      Inequality claim = step(move);
      claims.add(claim);
      shrunk = shrunk.times(Real.of(SHRINKAGE));
      lacking = lacking.max(claim.lacking());
      rounding = rounding.max(claim.rounding());
    }
    if (!moves.isEmpty()) {
      Move last = moves.get(moves.size() - 1);
      Real all = Real.ONE.over(Real.ONE.minus(Real.of(SHRINKAGE)));
      claims.add(
          new Inequality(
              "after T steps ||x| - c| <= %s^T·||x₀| - c|".formatted(SHRINKAGE),
              last,
              offCycle(Real.of(last.after().get(0)).abs()),
              shrunk,
              lacking.times(all),
              rounding.times(all)));
    }
    return claims;
  }

  private static Inequality step(Move move) {
    Real x = Real.of(move.before().get(0));
    Real next = Real.of(move.after().get(0));
    Real supplied = move.l().over(Real.of(move.gradient().get(0)));
    Real lacking = supplied.minus(quotient(x)).abs();
    Real opposite = x.signum() > 0 ? next.negated() : next;
    return new Inequality(
        "|x⁺ + c| <= %s·|x - c|".formatted(SHRINKAGE),
        move,
        offCycle(opposite),
        Real.of(SHRINKAGE).times(offCycle(x.abs())),
        lacking,
        Move.deviation(move.elements().get(0)));
  }

  private static Real offCycle(Real x) {
    return x.minus(C).abs();
  }

  private static Real quotient(Real x) {
    return ExactWave.value(x).over(ExactWave.derivative(x));
  }

  /** The root of h(x) = 2x·f'(x) - f(x), where N(x) = -x, by Newton's method. */
  private static Real solve() {
    Real x = Real.of(LEADING_DIGITS);
    // From ten correct digits; each time twice as many are, and 220 binary ones are kept.
    for (int k = 0; k < 4; k++) {
      Real derivative = ExactWave.derivative(x);
      Real doubled = Real.TWO.times(x);
      Real h = doubled.times(derivative).minus(ExactWave.value(x));
      Real slope = derivative.plus(doubled.times(ExactWave.secondDerivative(x)));
      x = x.minus(h.over(slope)).shortened();
    }
    return x;
  }
}
