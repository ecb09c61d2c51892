package dev.alig.conformance.theorems;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** The drawn problems meet the theorems' hypotheses, but for rounding: else nothing is checked. */
class HypothesisTest {
  private static final int TRIES = 300;

  /** Value and gradient go through some dozen roundings, in the dtype and before it in double. */
  private static final double ROUNDINGS = 64;

  @Test
  void anyPoint() {
    meetsHypothesis(new AnyPoint(), Problems::convex);
  }

  @Test
  void interpolation() {
    meetsHypothesis(new Interpolation(), Problems::interpolating);
  }

  @Test
  void lipschitzRate() {
    meetsHypothesis(new LipschitzRate(), Problems::lipschitz);
  }

  @Test
  void smoothRate() {
    meetsHypothesis(new SmoothRate(), Problems::smooth);
  }

  @Test
  void strongConvexity() {
    meetsHypothesis(new StrongConvexity(), Problems::stronglyConvex);
  }

  @Test
  void restrictedSecant() {
    meetsHypothesis(new RestrictedSecant(), Problems::restrictedSecant);
  }

  @Test
  void cycle() {
    meetsHypothesis(new Cycle(), Cycle::problem);
  }

  private static <L extends Loss> void meetsHypothesis(
      Theorem<L> theorem, LongFunction<Problem<L>> problems) {
    List<Double> lacking = new ArrayList<>();
    for (long seed = 0; seed < TRIES; seed++) {
      Problem<L> problem = problems.apply(seed);
      double scale = 0;
      for (Inequality claim : TightnessTest.claims(theorem, problem)) {
        scale += scale(problem, claim);
        double unit = problem.setting().dtype().unitRoundoff();
        lacking.add(claim.lacking().toDouble() / scale / unit);
      }
    }
    assertThat(lacking).isNotEmpty().allSatisfy(l -> assertThat(l).isLessThan(ROUNDINGS));
  }

  /** The size of the terms that the two sides are made of. */
  private static <L extends Loss> double scale(Problem<L> problem, Inequality claim) {
    double step = claim.move().step().toDouble();
    double squared = claim.move().squaredDistanceBefore(problem.target()).toDouble();
    double gradient = claim.move().squaredGradient().toDouble();
    double loss = claim.move().loss();
    return squared + step * loss + step * step * gradient + Math.abs(claim.right().toDouble());
  }
}
