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
import dev.alig.conformance.cases.Cases;
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
    return Cases.ordinary().withoutCaps().arbitrary();
  }

  @Property
  @Checks(NORM)
  default void normsOfLargeTensorsStayWithinTheBoundOfAnyOrder(@ForAll("large") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> large() {
    return Cases.ordinary().withoutCaps().withLargeTensors().arbitrary();
  }

  @Property
  @Checks(CAP)
  default void capLimitsTheStepSize(@ForAll("capped") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> capped() {
    return Cases.ordinary().withCaps().arbitrary();
  }

  @Property
  @Checks(GROUPS)
  default void groupsKeepTheirOwnSettings(@ForAll("severalGroups") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> severalGroups() {
    return Cases.ordinary().withSeveralGroups().arbitrary();
  }

  @Property
  @Checks(EPS)
  default void epsIsAddedOnce(@ForAll("anyEps") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> anyEps() {
    return Cases.ordinary().withAnyEps().arbitrary();
  }

  @Property
  @Checks(NO_GRADIENT)
  default void withoutGradientsNothingMoves(@ForAll("withoutGradients") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> withoutGradients() {
    return Cases.ordinary().withoutGradients().withAnyEps().arbitrary();
  }

  @Property
  @Checks(LOSS_KIND)
  default void lossIsRoundedToTheDtype(@ForAll("anyLoss") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> anyLoss() {
    return Cases.ordinary()
        .withLosses(0.1, 1.0 / 3, 1e-45, 1e-40, 3.4028235e38, 3.5e38, 16_777_217.0, 1e-310)
        .arbitrary();
  }

  @Property
  @Checks(SIGN_OF_LOSS)
  default void negativeLossesAscend(@ForAll("anySign") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> anySign() {
    return Cases.ordinary().withLosses(-1.0, -1e-3, -0.0, 0.0, -1e6).withAnyEps().arbitrary();
  }
}
