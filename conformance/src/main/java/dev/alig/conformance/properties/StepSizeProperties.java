package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.CAP;
import static dev.alig.conformance.Requirement.EPS;
import static dev.alig.conformance.Requirement.GROUPS;
import static dev.alig.conformance.Requirement.LOSS_KIND;
import static dev.alig.conformance.Requirement.NORM;
import static dev.alig.conformance.Requirement.NO_GRADIENT;
import static dev.alig.conformance.Requirement.SIGN_OF_LOSS;
import static dev.alig.conformance.Requirement.STEP_SIZE;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.cases.RequirementCases;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Claims about the step size. */
interface StepSizeProperties extends Judged {
  @Property
  @Checks(STEP_SIZE)
  default void stepSizeIsLossOverSquaredNorm(@ForAll("uncapped") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> uncapped() {
    return RequirementCases.of(STEP_SIZE);
  }

  @Property
  @Checks(NORM)
  default void normsOfLargeTensorsStayWithinTheBoundOfAnyOrder(@ForAll("large") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> large() {
    return RequirementCases.of(NORM);
  }

  @Property
  @Checks(CAP)
  default void capLimitsTheStepSize(@ForAll("capped") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> capped() {
    return RequirementCases.of(CAP);
  }

  @Property
  @Checks(GROUPS)
  default void groupsKeepTheirOwnSettings(@ForAll("severalGroups") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> severalGroups() {
    return RequirementCases.of(GROUPS);
  }

  @Property
  @Checks(EPS)
  default void epsIsAddedOnce(@ForAll("anyEps") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> anyEps() {
    return RequirementCases.of(EPS);
  }

  @Property
  @Checks(NO_GRADIENT)
  default void withoutGradientsNothingMoves(@ForAll("withoutGradients") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> withoutGradients() {
    return RequirementCases.of(NO_GRADIENT);
  }

  @Property
  @Checks(LOSS_KIND)
  default void lossIsRoundedToTheDtype(@ForAll("anyLoss") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> anyLoss() {
    return RequirementCases.of(LOSS_KIND);
  }

  @Property
  @Checks(SIGN_OF_LOSS)
  default void negativeLossesAscend(@ForAll("anySign") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> anySign() {
    return RequirementCases.of(SIGN_OF_LOSS);
  }
}
