package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.ABSENT_GRADIENT;
import static dev.alig.conformance.Requirement.LONG_RUN;
import static dev.alig.conformance.Requirement.MOMENTUM_ADJUSTED;
import static dev.alig.conformance.Requirement.MOMENTUM_STANDARD;
import static dev.alig.conformance.Requirement.UPDATE_PLAIN;

import dev.alig.MomentumForm;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.cases.Cases;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Claims about the update of parameters and buffers. */
interface UpdateProperties extends Judged {
  @Property
  @Checks(UPDATE_PLAIN)
  default void plainUpdateIsOneFusedMultiplyAdd(@ForAll("plain") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> plain() {
    return Cases.ordinary().withoutMomentum().arbitrary();
  }

  @Property
  @Checks(MOMENTUM_STANDARD)
  default void standardMomentumMatchesTheOracle(@ForAll("standard") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> standard() {
    return Cases.ordinary().withMomentum(MomentumForm.STANDARD).arbitrary();
  }

  @Property
  @Checks(MOMENTUM_ADJUSTED)
  default void adjustedMomentumMatchesTheOracle(@ForAll("adjusted") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> adjusted() {
    return Cases.ordinary().withMomentum(MomentumForm.ADJUSTED).arbitrary();
  }

  @Property
  @Checks(ABSENT_GRADIENT)
  default void absentGradientsLeaveAllAlone(@ForAll("absent") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> absent() {
    return Cases.ordinary().withAbsentGradients().withSteps(2, 5).arbitrary();
  }

  @Property
  @Checks(LONG_RUN)
  default void twentyStepsInARowAgree(@ForAll("long") Scripted scripted) {
    agree(scripted);
  }

  @Provide("long")
  default Arbitrary<Scripted> longRuns() {
    return Cases.ordinary().withSteps(10, 20).arbitrary();
  }
}
