package dev.alig.conformance.theorems;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The counterexample of P6: without a cap ALI-G does not converge on every function that satisfies
 * the restricted secant inequality. On f(x) = x² + 3·sin²x with eps = 0 it is caught between c and
 * -c, c = {@value #LEADING_DIGITS}….
 *
 * <p>There the step is x⁺ = N(x) = x - f(x)/f'(x). N is odd, N(c) = -c, and its derivative
 * f·f''/f'² is 0.4754 at c and between 0 and {@value #SHRINKAGE} within 2^-8 of c; so |N(x) + c| <=
 * {@value #SHRINKAGE}·|x - c| there, and a trajectory that starts there stays and ends at c and -c
 * in turn.
 *
 * <p>With the supplied loss ℓ and gradient g the step is x - ℓ/g, which misses N(x) by |ℓ/g -
 * f/f'|, computed from the series of the sine; rounding adds how far the answer may be from x -
 * ℓ/g. If both together are at most σ in each of T steps, the last iterate is within {@value
 * #SHRINKAGE}^T·|x₀ - c| + σ/(1 - {@value #SHRINKAGE}) of ±c.
 */
final class Cycle {
  static final double LEADING_DIGITS = 2.2009516482;
  static final double SHRINKAGE = 0.75;
  static final double WIDTH = 0x1p-8;
  private static final Real SHRUNK = Real.of(SHRINKAGE);

  /**
   * Smaller terms are left out. Each is less than half the one before, so all of them are small.
   */
  private static final Real NEGLIGIBLE = Real.of(0x1p-220);

  private static final Real C = solve();

  private Cycle() {}

  /** The counterexample from a start that leads to the cycle. */
  static Problem problem(long seed) {
    RandomChoices draw = new RandomChoices("cycle", seed);
    double near = C.toDouble() + draw.number(-WIDTH, WIDTH) / 2;
    double start = draw.dtype.round(draw.of(near, -near));
    Tensor origin = Tensor.vector(0);
    Problem.Setting setting = draw.setting(0).withLayout(List.of(List.of(1)));
    List<Loss> losses = Collections.nCopies(draw.of(1, 1, 1, 1, 6), Loss.wave(1, 3, origin));
    return new Problem(draw.id, setting, losses, Tensor.vector(start), origin);
  }

  /** c, to all the digits that are kept. */
  static Real center() {
    return C;
  }

  static List<Inequality> cycle(List<Move> moves) {
    List<Inequality> claims = new ArrayList<>();
    Real shrunk = Real.ONE;
    Real lacking = Real.ZERO;
    Real rounding = Real.ZERO;
    for (Move move : moves) {
      Inequality claim = step(move);
      claims.add(claim);
      shrunk = shrunk.times(SHRUNK);
      lacking = lacking.max(claim.lacking());
      rounding = rounding.max(claim.rounding());
    }
    if (!moves.isEmpty()) {
      Move last = moves.get(moves.size() - 1);
      Real all = Real.ONE.over(Real.ONE.minus(SHRUNK));
      claims.add(
          new Inequality(
              "after T steps ||x| - c| <= %s^T·||x₀| - c|".formatted(SHRINKAGE),
              last,
              offCycle(Real.of(last.after().get(0)).abs()),
              offCycle(Real.of(moves.get(0).before().get(0)).abs()).times(shrunk),
              lacking.times(all),
              rounding.times(all)));
    }
    return claims;
  }

  private static Inequality step(Move move) {
    Real x = Real.of(move.before().get(0));
    Real next = Real.of(move.after().get(0));
    Real supplied = move.l().over(Real.of(move.gradient().get(0)));
    return new Inequality(
        "|x⁺ + c| <= %s·|x - c|".formatted(SHRINKAGE),
        move,
        offCycle(x.signum() > 0 ? next.negated() : next),
        SHRUNK.times(offCycle(x.abs())),
        supplied.minus(value(x).over(derivative(x))).abs(),
        Move.deviation(move.elements().get(0)));
  }

  private static Real offCycle(Real x) {
    return x.minus(C).abs();
  }

  /** The root of h(x) = 2x·f'(x) - f(x), where N(x) = -x, by Newton's method. */
  private static Real solve() {
    Real x = Real.of(LEADING_DIGITS);
    // From ten correct digits; each time twice as many are, and 220 binary ones are kept.
    for (int k = 0; k < 4; k++) {
      Real doubled = Real.TWO.times(x);
      Real h = doubled.times(derivative(x)).minus(value(x));
      Real slope = derivative(x).plus(doubled.times(secondDerivative(x)));
      x = x.minus(h.over(slope)).shortened();
    }
    return x;
  }

  /** f(x) = x² + 3·sin²x = x² + 1.5·(1 - cos 2x). */
  static Real value(Real x) {
    Real waves = Real.ONE.minus(cosine(Real.TWO.times(x))).times(Real.of(1.5));
    return x.squared().plus(waves);
  }

  /** f'(x) = 2x + 3·sin 2x. */
  static Real derivative(Real x) {
    return Real.TWO.times(x).plus(Real.of(3).times(sine(Real.TWO.times(x))));
  }

  /** f''(x) = 2 + 6·cos 2x. */
  static Real secondDerivative(Real x) {
    return Real.TWO.plus(Real.of(6).times(cosine(Real.TWO.times(x))));
  }

  /** Σ (-1)^k·z^(2k+1)/(2k+1)!, to some fifty decimal digits more than a double has. */
  static Real sine(Real z) {
    return series(z, z, 1);
  }

  /** Σ (-1)^k·z^(2k)/(2k)!, as accurate. */
  static Real cosine(Real z) {
    return series(z, Real.ONE, 0);
  }

  private static Real series(Real z, Real first, int power) {
    Real minusSquare = z.squared().negated();
    Real term = first;
    Real sum = Real.ZERO;
    for (int n = power; term.abs().compareTo(NEGLIGIBLE) > 0; n += 2) {
      sum = sum.plus(term);
      Real factors = Real.of((n + 1.0) * (n + 2.0));
      term = term.times(minusSquare).over(factors).shortened();
    }
    return sum;
  }
}
