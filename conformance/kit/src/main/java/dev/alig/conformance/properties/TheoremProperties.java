package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.THEOREM_P0;
import static dev.alig.conformance.Requirement.THEOREM_P1;
import static dev.alig.conformance.Requirement.THEOREM_P2;
import static dev.alig.conformance.Requirement.THEOREM_P3;
import static dev.alig.conformance.Requirement.THEOREM_P4;
import static dev.alig.conformance.Requirement.THEOREM_P5;
import static dev.alig.conformance.Requirement.THEOREM_P6;
import static dev.alig.conformance.Requirement.THEOREM_P7;
import static dev.alig.conformance.Requirement.THEOREM_P8;

import dev.alig.conformance.cases.Cases;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.theorems.Trial;
import dev.alig.conformance.theorems.Trials;
import java.util.function.LongFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The theorems about ALI-G hold for subject and oracle on random problems. */
interface TheoremProperties extends SubjectProperties {
  @Property
  @Checks(THEOREM_P0)
  default void stepsStayBelowTheLossAndTheCap(@ForAll("randomSeeds") long seed) {
    holds(Trials::stepLimit, seed);
  }

  @Property
  @Checks(THEOREM_P1)
  default void stepsApproachEveryBetterPointOfTheBall(@ForAll("randomSeeds") long seed) {
    holds(Trials::anyPoint, seed);
  }

  @Property
  @Checks(THEOREM_P2)
  default void stepsApproachACommonMinimizer(@ForAll("randomSeeds") long seed) {
    holds(Trials::interpolation, seed);
  }

  @Property
  @Checks(THEOREM_P3)
  default void lipschitzLossesFallAsFastAsProved(@ForAll("randomSeeds") long seed) {
    holds(Trials::lipschitzRate, seed);
  }

  @Property
  @Checks(THEOREM_P4)
  default void smoothLossesFallAsFastAsProved(@ForAll("randomSeeds") long seed) {
    holds(Trials::smoothRate, seed);
  }

  @Property
  @Checks(THEOREM_P5)
  default void stronglyConvexLossesContract(@ForAll("randomSeeds") long seed) {
    holds(Trials::strongConvexity, seed);
  }

  @Property
  @Checks(THEOREM_P6)
  default void restrictedSecantsContract(@ForAll("randomSeeds") long seed) {
    holds(Trials::restrictedSecant, seed);
  }

  @Property
  @Checks(THEOREM_P6)
  default void theCounterexampleCycles(@ForAll("randomSeeds") long seed) {
    holds(Trials::cycle, seed);
  }

  @Property
  @Checks(THEOREM_P7)
  default void unclippedStepsLeaveEpsTimesTheStep(@ForAll("randomSeeds") long seed) {
    holds(Trials::stepIdentity, seed);
  }

  @Property
  @Checks(THEOREM_P8)
  default void scalingByPowersOfTwoChangesNoDigit(@ForAll("scalings") Trial trial) {
    holds(trial);
  }

  @Provide
  default Arbitrary<Trial> scalings() {
    Arbitrary<StepCase> cases =
        Arbitraries.oneOf(
            scalable().arbitrary(),
            scalable().withBall().arbitrary(),
            scalable().withAbsentGradients().arbitrary());
    Arbitrary<Double> share = Arbitraries.doubles().between(-1, 1);
    return Combinators.combine(cases, share, share).as(Trials::scaling);
  }

  private static Cases scalable() {
    return Cases.ordinary().withScalableNumbers().withSteps(1, 2);
  }

  private void holds(LongFunction<Trial> trial, long seed) {
    holds(trial.apply(seed >>> 11));
  }

  /** Fails unless the theorem holds for the subject and for the oracle. */
  private void holds(Trial trial) {
    Trial.Result result = trial.judge(subject(), oracle());
    PropertyStatistics.current().countIrreducible(result.verdict(), result.scripted());
  }
}
