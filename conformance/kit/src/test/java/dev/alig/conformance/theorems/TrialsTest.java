package dev.alig.conformance.theorems;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.Cases;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.oracle.ExactOracle;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The theorems hold for ALI-G, and not for what only resembles it. */
class TrialsTest {
  private static final int TRIES = 100;

  private static final List<StepCase> SCALABLE =
      Cases.ordinary()
          .withScalableNumbers()
          .withBall()
          .arbitrary()
          .sampleStream()
          .limit(TRIES)
          .toList();

  /** A theorem with a defect that violates it. */
  private record Planted(String theorem, LongFunction<Trial> trial, Defect defect) {
    @Override
    public String toString() {
      return theorem + " " + defect;
    }
  }

  private static Trial scaling(long seed) {
    return Trials.scaling(SCALABLE.get((int) seed), -0.3, 0.8);
  }

  static Stream<Planted> planted() {
    return Stream.of(
        new Planted("P0", Trials::stepLimit, Defect.UNCAPPED),
        new Planted("P0", Trials::stepLimit, Defect.DOUBLED),
        new Planted("P0", Trials::stepLimit, Defect.WITHOUT_EPS),
        new Planted("P1", Trials::anyPoint, Defect.DOUBLED),
        new Planted("P1", Trials::anyPoint, Defect.UNPROJECTED),
        new Planted("P1", Trials::anyPoint, Defect.ASCENDING),
        new Planted("P2", Trials::interpolation, Defect.DOUBLED),
        new Planted("P2", Trials::interpolation, Defect.IDLE),
        new Planted("P3", Trials::lipschitzRate, Defect.IDLE),
        new Planted("P3", Trials::lipschitzRate, Defect.ASCENDING),
        new Planted("P4", Trials::smoothRate, Defect.HALVED),
        new Planted("P4", Trials::smoothRate, Defect.IDLE),
        new Planted("P5", Trials::strongConvexity, Defect.HALVED),
        new Planted("P5", Trials::strongConvexity, Defect.QUADRUPLED),
        new Planted("P6", Trials::restrictedSecant, Defect.UNCAPPED),
        new Planted("P6", Trials::restrictedSecant, Defect.ASCENDING),
        new Planted("P6, cycle", Trials::cycle, Defect.HALVED),
        new Planted("P6, cycle", Trials::cycle, Defect.FIXED_EPS),
        new Planted("P7", Trials::stepIdentity, Defect.WITHOUT_EPS),
        new Planted("P7", Trials::stepIdentity, Defect.ONE_ULP_ABOVE),
        new Planted("P8", TrialsTest::scaling, Defect.FIXED_EPS));
  }

  @ParameterizedTest
  @MethodSource("planted")
  void aDefectViolatesTheTheorem(Planted planted) {
    assertThat(violation(planted, planted.defect(), Optional.of(new ExactOracle())))
        .hasValueSatisfying(facts -> assertThat(facts).containsPattern("violated by +the subject"));
  }

  @ParameterizedTest
  @MethodSource("planted")
  void aDefectOfTheOracleIsBlamedOnTheOracle(Planted planted) {
    assertThat(violation(planted, new ExactOracle(), Optional.of(planted.defect())))
        .hasValueSatisfying(facts -> assertThat(facts).containsPattern("violated by +the oracle"));
  }

  @ParameterizedTest
  @MethodSource("planted")
  void exactArithmeticKeepsTheTheorem(Planted planted) {
    assertThat(violation(planted, new ExactOracle(), Optional.empty())).isEmpty();
  }

  @Test
  void aViolationTellsBothSidesAndWhatWasAllowed() {
    Planted planted = new Planted("P2", Trials::interpolation, Defect.DOUBLED);
    assertThat(violation(planted, planted.defect(), Optional.of(new ExactOracle())))
        .hasValueSatisfying(
            facts ->
                assertThat(facts)
                    .contains("claim", "P2 seed", "left", "right", "for rounding", "kept by"));
  }

  @Test
  void anOptimizerThatThrowsIsBroken() {
    Defect thrower =
        new Defect(
            "throws",
            scripted -> {
              throw new IllegalStateException("no");
            },
            trace -> trace);
    assertThat(Trials.stepLimit(0).judge(thrower, Optional.empty()).verdict())
        .isInstanceOf(Verdict.Broken.class);
  }

  private static Optional<String> violation(
      Planted planted, Implementation subject, Optional<Implementation> oracle) {
    return LongStream.range(0, TRIES)
        .mapToObj(seed -> planted.trial().apply(seed).judge(subject, oracle).verdict())
        .filter(Verdict.Differs.class::isInstance)
        .map(verdict -> ((Verdict.Differs) verdict).first().toString())
        .findFirst();
  }
}
