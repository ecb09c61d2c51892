package dev.alig.conformance.theorems;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.theorems.Loss.Constant;
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
      ProblemTrial trial = (ProblemTrial) Trials.strongConvexity(seed);
      boolean tight = trial.problem().losses().stream().allMatch(TightnessTest::isTight);
      if (tight && trial.problem().setting().cap().isEmpty()) {
        for (Inequality claim : claims(trial)) {
          gaps.add(roundings(claim));
        }
      }
    }
    // Rounding loss, gradient, step size and parameters moves either side by some units.
    assertThat(gaps).hasSizeGreaterThan(20).allSatisfy(gap -> assertThat(gap).isLessThan(32));
  }

  private static boolean isTight(Loss loss) {
    return loss.get(Constant.CONVEXITY).equals(loss.get(Constant.SMOOTHNESS));
  }

  @Test
  void aStepWithoutCapIsAsLongAsItMayBe() {
    List<Double> gaps = new ArrayList<>();
    for (long seed = 0; seed < TRIES; seed++) {
      for (Inequality claim : claims((ProblemTrial) Trials.stepLimit(seed))) {
        if (claim.move().cap().isEmpty() && claim.claim().startsWith("step·(")) {
          gaps.add(roundings(claim));
        }
      }
    }
    assertThat(gaps).hasSizeGreaterThan(20).allSatisfy(gap -> assertThat(gap).isLessThan(32));
  }

  @Test
  void theLipschitzRateIsReachedByOrthogonalHinges() {
    List<Double> gaps = new ArrayList<>();
    for (long seed = 0; seed < TRIES; seed++) {
      for (Inequality claim : claims((ProblemTrial) Trials.lipschitzRate(seed))) {
        gaps.add(roundings(claim));
      }
    }
    assertThat(gaps).filteredOn(gap -> gap < 32).hasSizeGreaterThan(20);
  }

  @Test
  void theDistanceToAnyPointFallsByNoMoreThanProvedOnHinges() {
    assertThat(reached(Trials::anyPoint)).isGreaterThan(5);
  }

  @Test
  void theDistanceToAMinimizerFallsByNoMoreThanProvedOnHinges() {
    assertThat(reached(Trials::interpolation)).isGreaterThan(5);
  }

  private static int reached(LongFunction<Trial> trials) {
    int reached = 0;
    for (long seed = 0; seed < TRIES; seed++) {
      for (Inequality claim : claims((ProblemTrial) trials.apply(seed))) {
        // A fall that is small beside the distance would not show in the sides.
        Real fall = claim.move().step().times(claim.move().l());
        boolean shows =
            claim.claim().contains("step")
                && fall.compareTo(claim.right().abs().times(Real.of(1e-3))) > 0;
        if (shows && roundings(claim) < 64) {
          reached++;
        }
      }
    }
    return reached;
  }

  static List<Inequality> claims(ProblemTrial trial) {
    return trial.theorem().about(Trajectory.of(trial.problem(), new ExactOracle()).moves());
  }

  /** The distance of the two sides in units of the roundoff of what they are made of. */
  private static double roundings(Inequality claim) {
    Real distance = claim.left().minus(claim.right()).abs();
    double larger = claim.left().abs().max(claim.right().abs()).toDouble();
    if (larger == 0) {
      return 0;
    }
    // w⁺ is rounded in units of its own size, which may be larger than its distance.
    double norm = Math.sqrt(Vectors.squaredNorm(claim.move().after()).toDouble());
    double scale = larger + Math.sqrt(larger) * norm;
    return distance.toDouble() / scale / claim.move().scripted().dtype().unitRoundoff();
  }
}
