package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.ABSENT_GRADIENT;
import static dev.alig.conformance.Requirement.LONG_RUN;
import static dev.alig.conformance.Requirement.MOMENTUM_ADJUSTED;
import static dev.alig.conformance.Requirement.MOMENTUM_STANDARD;
import static dev.alig.conformance.Requirement.UPDATE_PLAIN;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.cases.RequirementCases;
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
    return RequirementCases.of(UPDATE_PLAIN);
  }

  @Property
  @Checks(MOMENTUM_STANDARD)
  default void standardMomentumMatchesTheOracle(@ForAll("standard") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> standard() {
    return RequirementCases.of(MOMENTUM_STANDARD);
  }

  @Property
  @Checks(MOMENTUM_ADJUSTED)
  default void adjustedMomentumMatchesTheOracle(@ForAll("adjusted") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> adjusted() {
    return RequirementCases.of(MOMENTUM_ADJUSTED);
  }

  @Property
  @Checks(ABSENT_GRADIENT)
  default void absentGradientsLeaveAllAlone(@ForAll("absent") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> absent() {
    return RequirementCases.of(ABSENT_GRADIENT);
  }

  @Property
  @Checks(LONG_RUN)
  default void twentyStepsInARowAgree(@ForAll("long") Scripted scripted) {
    agree(scripted);
  }

  @Provide("long")
  default Arbitrary<Scripted> longRuns() {
    return RequirementCases.of(LONG_RUN);
  }
}
