package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.EXTREME_MAGNITUDE;
import static dev.alig.conformance.Requirement.NON_FINITE_GRADIENT;
import static dev.alig.conformance.Requirement.NON_FINITE_LOSS;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.cases.Cases;
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
    return Cases.ordinary().withExtremes().withAnyEps().arbitrary();
  }

  @Property
  @Checks(NON_FINITE_LOSS)
  default void nonFiniteLossesPropagate(@ForAll("nonFiniteLoss") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> nonFiniteLoss() {
    return Cases.ordinary()
        .withLosses(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1.0)
        .withAnyEps()
        .arbitrary();
  }

  @Property
  @Checks(NON_FINITE_GRADIENT)
  default void nonFiniteGradientsPropagate(@ForAll("nonFiniteGradient") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> nonFiniteGradient() {
    return Cases.ordinary()
        .withSpecial(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
        .withBall()
        .arbitrary();
  }
}
