package dev.alig.conformance.theorems;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Bounds that can be reached are reached, so that they are worth checking. */
class TightnessTest {
  private static final int TRIES = 300;

  @Test
  void theContractionIsReachedWhereAlphaIsBeta() {
    List<Double> gaps = new ArrayList<>();
    for (long seed = 0; seed < TRIES; seed++) {
      Problem<Loss.StronglyConvex> problem = Problems.stronglyConvex(seed);
      boolean tight = problem.losses().stream().allMatch(TightnessTest::isTight);
      if (tight && problem.setting().cap().isEmpty()) {
        for (Inequality claim : claims(new StrongConvexity(), problem)) {
          gaps.add(roundings(claim, problem.setting()));
        }
      }
    }
    // Rounding loss, gradient, step size and parameters moves either side by some units.
    assertThat(gaps).hasSizeGreaterThan(20).allSatisfy(gap -> assertThat(gap).isLessThan(32));
  }

  private static boolean isTight(Loss.StronglyConvex loss) {
    return loss.convexity().equals(loss.smoothness());
  }

  @Test
  void theLipschitzRateIsReachedByOrthogonalHinges() {
    List<Double> gaps = new ArrayList<>();
    for (long seed = 0; seed < TRIES; seed++) {
      for (Inequality claim : claims(new LipschitzRate(), Problems.lipschitz(seed))) {
        gaps.add(roundings(claim, Problems.lipschitz(seed).setting()));
      }
    }
    assertThat(gaps).filteredOn(gap -> gap < 32).hasSizeGreaterThan(20);
  }

  @Test
  void theDistanceToAnyPointFallsByNoMoreThanProvedOnHinges() {
    assertThat(reached(new AnyPoint(), Problems::convex)).isGreaterThan(5);
  }

  @Test
  void theDistanceToAMinimizerFallsByNoMoreThanProvedOnHinges() {
    assertThat(reached(new Interpolation(), Problems::interpolating)).isGreaterThan(5);
  }

  private static int reached(Theorem<Loss> theorem, LongFunction<Problem<Loss>> problems) {
    int reached = 0;
    for (long seed = 0; seed < TRIES; seed++) {
      Problem<Loss> problem = problems.apply(seed);
      for (Inequality claim : claims(theorem, problem)) {
        boolean moved = claim.move().step().times(claim.move().squaredGradient()).signum() > 0;
        if (moved && roundings(claim, problem.setting()) < 64) {
          reached++;
        }
      }
    }
    return reached;
  }

  static <L extends Loss> List<Inequality> claims(Theorem<L> theorem, Problem<L> problem) {
    Walk<L> walk = Walk.through(List.of(problem), new ExactOracle()).get(0);
    return theorem.about(problem, walk.moves());
  }

  /** The distance of the two sides in units of the roundoff of what they are made of. */
  private static double roundings(Inequality claim, Setting setting) {
    Real distance = claim.left().minus(claim.right()).abs();
    double larger = claim.left().abs().max(claim.right().abs()).toDouble();
    if (larger == 0) {
      return 0;
    }
    // w⁺ is rounded in units of its own size, which may be larger than its distance.
    double norm = Math.sqrt(Vectors.squaredNorm(claim.move().after()).toDouble());
    double scale = larger + Math.sqrt(larger) * norm;
    return distance.toDouble() / scale / setting.dtype().unitRoundoff();
  }
}
