package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.EXTREME_MAGNITUDE;
import static dev.alig.conformance.Requirement.NON_FINITE_GRADIENT;
import static dev.alig.conformance.Requirement.NON_FINITE_LOSS;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.cases.RequirementCases;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Claims about numbers at the ends of the dtype and beyond. */
interface ExtremeProperties extends Judged {
  @Property
  @Checks(EXTREME_MAGNITUDE)
  default void normsOverflowAndUnderflowAsTheDtypeDoes(@ForAll("extreme") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> extreme() {
    return RequirementCases.of(EXTREME_MAGNITUDE);
  }

  @Property
  @Checks(NON_FINITE_LOSS)
  default void nonFiniteLossesPropagate(@ForAll("nonFiniteLoss") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> nonFiniteLoss() {
    return RequirementCases.of(NON_FINITE_LOSS);
  }

  @Property
  @Checks(NON_FINITE_GRADIENT)
  default void nonFiniteGradientsPropagate(@ForAll("nonFiniteGradient") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> nonFiniteGradient() {
    return RequirementCases.of(NON_FINITE_GRADIENT);
  }
}
