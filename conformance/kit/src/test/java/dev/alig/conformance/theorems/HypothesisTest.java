package dev.alig.conformance.theorems;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The drawn problems meet the theorems' hypotheses, but for rounding: else nothing is checked. */
class HypothesisTest {
  private static final int TRIES = 300;

  /** Value and gradient go through some dozen roundings, in the dtype and before it in double. */
  private static final double ROUNDINGS = 64;

  static Stream<LongFunction<Trial>> trials() {
    return Stream.of(
        Trials::anyPoint,
        Trials::interpolation,
        Trials::lipschitzRate,
        Trials::smoothRate,
        Trials::strongConvexity,
        Trials::restrictedSecant,
        Trials::cycle);
  }

  @ParameterizedTest
  @MethodSource("trials")
  void problemsMeetTheHypothesis(LongFunction<Trial> trials) {
    List<Double> lacking = new ArrayList<>();
    for (long seed = 0; seed < TRIES; seed++) {
      ProblemTrial trial = (ProblemTrial) trials.apply(seed);
      double scale = 0;
      for (Inequality claim : TightnessTest.claims(trial)) {
        scale += scale(claim);
        double unit = trial.problem().setting().dtype().unitRoundoff();
        lacking.add(claim.lacking().toDouble() / scale / unit);
      }
    }
    assertThat(lacking).isNotEmpty().allSatisfy(l -> assertThat(l).isLessThan(ROUNDINGS));
  }

  /** The size of the terms that the two sides are made of. */
  private static double scale(Inequality claim) {
    double step = claim.move().step().toDouble();
    double squared = claim.move().squaredDistanceBefore().toDouble();
    double gradient = claim.move().squaredGradient().toDouble();
    double loss = claim.move().loss();
    return squared + step * loss + step * step * gradient + Math.abs(claim.right().toDouble());
  }
}
