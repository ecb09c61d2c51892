package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.ABSENT_GRADIENT;
import static dev.alig.conformance.Requirement.CAP;
import static dev.alig.conformance.Requirement.CONSTRUCTION;
import static dev.alig.conformance.Requirement.EPS;
import static dev.alig.conformance.Requirement.EXTREME_MAGNITUDE;
import static dev.alig.conformance.Requirement.GROUPS;
import static dev.alig.conformance.Requirement.LONG_RUN;
import static dev.alig.conformance.Requirement.LOSS_KIND;
import static dev.alig.conformance.Requirement.MOMENTUM_ADJUSTED;
import static dev.alig.conformance.Requirement.MOMENTUM_STANDARD;
import static dev.alig.conformance.Requirement.NON_FINITE_GRADIENT;
import static dev.alig.conformance.Requirement.NON_FINITE_LOSS;
import static dev.alig.conformance.Requirement.NORM;
import static dev.alig.conformance.Requirement.NO_GRADIENT;
import static dev.alig.conformance.Requirement.PAIRS;
import static dev.alig.conformance.Requirement.PROJECTION;
import static dev.alig.conformance.Requirement.SIDE_EFFECTS;
import static dev.alig.conformance.Requirement.SIGN_OF_LOSS;
import static dev.alig.conformance.Requirement.STEP_SIZE;
import static dev.alig.conformance.Requirement.UPDATE_PLAIN;

import dev.alig.conformance.coverage.CoveringCases;
import dev.alig.conformance.model.StepCase;
import net.jqwik.api.Property;

/**
 * Claims that subject and oracle agree, one per requirement.
 *
 * <p>The name of a method is part of the seed of its cases: another name draws other cases.
 */
interface StepCaseProperties extends SubjectProperties {
  // The step size.

  @Property
  @Checks(STEP_SIZE)
  default void stepSizeIsLossOverSquaredNorm(@Drawn(STEP_SIZE) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(NORM)
  default void normsOfLargeTensorsStayWithinTheBoundOfAnyOrder(@Drawn(NORM) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(CAP)
  default void capLimitsTheStepSize(@Drawn(CAP) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(GROUPS)
  default void groupsKeepTheirOwnSettings(@Drawn(GROUPS) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(EPS)
  default void epsIsAddedOnce(@Drawn(EPS) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(NO_GRADIENT)
  default void withoutGradientsNothingMoves(@Drawn(NO_GRADIENT) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(LOSS_KIND)
  default void lossIsRoundedToTheDtype(@Drawn(LOSS_KIND) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(SIGN_OF_LOSS)
  default void negativeLossesAscend(@Drawn(SIGN_OF_LOSS) StepCase scripted) {
    agree(scripted);
  }

  // The update of parameters and buffers.

  @Property
  @Checks(UPDATE_PLAIN)
  default void plainUpdateIsOneFusedMultiplyAdd(@Drawn(UPDATE_PLAIN) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(MOMENTUM_STANDARD)
  default void standardMomentumMatchesTheOracle(@Drawn(MOMENTUM_STANDARD) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(MOMENTUM_ADJUSTED)
  default void adjustedMomentumMatchesTheOracle(@Drawn(MOMENTUM_ADJUSTED) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(ABSENT_GRADIENT)
  default void absentGradientsLeaveAllAlone(@Drawn(ABSENT_GRADIENT) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(LONG_RUN)
  default void twentyStepsInARowAgree(@Drawn(LONG_RUN) StepCase scripted) {
    agree(scripted);
  }

  // Construction and the projection on the ball.

  @Property
  @Checks(PROJECTION)
  default void parametersLieInTheBall(@Drawn(PROJECTION) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(CONSTRUCTION)
  default void constructionProjectsAndZeroesBuffers(@Drawn(CONSTRUCTION) StepCase scripted) {
    agree(scripted);
  }

  // Numbers at the ends of the dtype and beyond.

  @Property
  @Checks(EXTREME_MAGNITUDE)
  default void normsOverflowAndUnderflowAsTheDtypeDoes(
      @Drawn(EXTREME_MAGNITUDE) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(NON_FINITE_LOSS)
  default void nonFiniteLossesPropagate(@Drawn(NON_FINITE_LOSS) StepCase scripted) {
    agree(scripted);
  }

  @Property
  @Checks(NON_FINITE_GRADIENT)
  default void nonFiniteGradientsPropagate(@Drawn(NON_FINITE_GRADIENT) StepCase scripted) {
    agree(scripted);
  }

  // What a step leaves alone, and what meets in one case.

  @Property
  @Checks(SIDE_EFFECTS)
  default void aStepDoesNothingElse(@Drawn(SIDE_EFFECTS) StepCase scripted) {
    doesNothingElse(scripted);
  }

  @Property
  @Checks(PAIRS)
  default void everyTwoCircumstancesMeet() {
    CoveringCases covering = CoveringCases.of(subject()::inapplicable);
    covering.cases().forEach(this::agree);
    PropertyStatistics.current().excuse(covering.inapplicable());
  }
}
