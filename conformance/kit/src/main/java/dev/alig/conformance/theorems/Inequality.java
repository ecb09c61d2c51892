package dev.alig.conformance.theorems;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.Worst;
import java.util.List;
import java.util.Optional;

/**
 * A theorem's claim about the numbers of a step: left <= right. Two allowances are known: by how
 * much the supplied numbers miss the theorem's hypothesis, and what rounding may add.
 *
 * <p>Quotients and roots are cut off after {@link Real#DIGITS} binary digits. A claim has far fewer
 * than 2^32 of them, on numbers less than 2^32 times its sides. So their errors together are less
 * than 2^64-{@link Real#DIGITS} of the sides.
 *
 * @param claim the inequality in symbols
 * @param move the move that it is about; for a claim about a whole trajectory the last one
 * @param left the left side, from the answers
 * @param right the right side
 * @param lacking by how much the right side is higher because the supplied numbers, being rounded,
 *     miss the theorem's hypothesis
 * @param rounding by how much a correct implementation's rounding may raise the left side
 */
record Inequality(String claim, Move move, Real left, Real right, Real lacking, Real rounding) {
  private static final Real CUT_OFF = Real.of(Math.scalb(1.0, 64 - Real.DIGITS));

  Inequality {
    if (lacking.signum() < 0 || rounding.signum() < 0) {
      throw new IllegalArgumentException(
          "%s: what is lacking and rounding must be >= 0, were %s and %s"
              .formatted(claim, lacking, rounding));
    }
  }

  boolean holds() {
    Real sides = left.abs().plus(right.abs()).plus(rounding);
    return excess().compareTo(rounding.plus(CUT_OFF.times(sides))) <= 0;
  }

  /** By how much the left side exceeds its maximum in real arithmetic. */
  Real excess() {
    return left.minus(right).minus(lacking).max(Real.ZERO);
  }

  /** How much of the allowance for rounding was used. */
  Worst worst(String caseId) {
    return Worst.of(excess().toDouble(), rounding.toDouble(), caseId);
  }

  /** The facts of a violation. */
  Difference violated(String where, String who) {
    String allowed =
        "%s for rounding; the supplied numbers lack %s, already taken off"
            .formatted(rounding, lacking);
    return new Difference(
        List.of(
            new Fact("claim", claim),
            new Fact("where", where),
            new Fact("violated by", who),
            new Fact("left", left.toString()),
            new Fact("right", right.toString()),
            new Fact("excess", excess().toString()),
            new Fact("allowed", allowed)),
        Optional.empty());
  }
}
