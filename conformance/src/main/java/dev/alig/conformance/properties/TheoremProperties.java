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

import dev.alig.conformance.Scripted;
import dev.alig.conformance.cases.Cases;
import dev.alig.conformance.theorems.Trial;
import dev.alig.conformance.theorems.Trials;
import java.util.Random;
import java.util.function.LongFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The theorems about ALI-G, on random problems that meet their hypotheses. */
interface TheoremProperties extends Judged {
  /** Fails unless the theorem holds for the subject and for the oracle. */
  private void holds(Trial trial) {
    Tally.current().count(trial.judge(subject(), oracle()));
  }

  private static Arbitrary<Trial> seeded(LongFunction<Trial> trial) {
    return Arbitraries.randomValue(Random::nextLong).map(seed -> trial.apply(seed >>> 11));
  }

  @Property
  @Checks(THEOREM_P0)
  default void stepsStayBelowTheLossAndTheCap(@ForAll("stepLimits") Trial trial) {
    holds(trial);
  }

  @Provide
  default Arbitrary<Trial> stepLimits() {
    return seeded(Trials::stepLimit);
  }

  @Property
  @Checks(THEOREM_P1)
  default void stepsApproachEveryBetterPointOfTheBall(@ForAll("anyPoints") Trial trial) {
    holds(trial);
  }

  @Provide
  default Arbitrary<Trial> anyPoints() {
    return seeded(Trials::anyPoint);
  }

  @Property
  @Checks(THEOREM_P2)
  default void stepsApproachACommonMinimizer(@ForAll("interpolations") Trial trial) {
    holds(trial);
  }

  @Provide
  default Arbitrary<Trial> interpolations() {
    return seeded(Trials::interpolation);
  }

  @Property
  @Checks(THEOREM_P3)
  default void lipschitzLossesFallAsFastAsProved(@ForAll("lipschitzRates") Trial trial) {
    holds(trial);
  }

  @Provide
  default Arbitrary<Trial> lipschitzRates() {
    return seeded(Trials::lipschitzRate);
  }

  @Property
  @Checks(THEOREM_P4)
  default void smoothLossesFallAsFastAsProved(@ForAll("smoothRates") Trial trial) {
    holds(trial);
  }

  @Provide
  default Arbitrary<Trial> smoothRates() {
    return seeded(Trials::smoothRate);
  }

  @Property
  @Checks(THEOREM_P5)
  default void stronglyConvexLossesContract(@ForAll("strongConvexities") Trial trial) {
    holds(trial);
  }

  @Provide
  default Arbitrary<Trial> strongConvexities() {
    return seeded(Trials::strongConvexity);
  }

  @Property
  @Checks(THEOREM_P6)
  default void restrictedSecantsContract(@ForAll("restrictedSecants") Trial trial) {
    holds(trial);
  }

  @Provide
  default Arbitrary<Trial> restrictedSecants() {
    return seeded(Trials::restrictedSecant);
  }

  @Property
  @Checks(THEOREM_P6)
  default void theCounterexampleCycles(@ForAll("cycles") Trial trial) {
    holds(trial);
  }

  @Provide
  default Arbitrary<Trial> cycles() {
    return seeded(Trials::cycle);
  }

  @Property
  @Checks(THEOREM_P7)
  default void unclippedStepsLeaveEpsTimesTheStep(@ForAll("stepIdentities") Trial trial) {
    holds(trial);
  }

  @Provide
  default Arbitrary<Trial> stepIdentities() {
    return seeded(Trials::stepIdentity);
  }

  @Property
  @Checks(THEOREM_P8)
  default void scalingByPowersOfTwoChangesNoDigit(@ForAll("scalings") Trial trial) {
    holds(trial);
  }

  @Provide
  default Arbitrary<Trial> scalings() {
    Arbitrary<Scripted> cases =
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
}
