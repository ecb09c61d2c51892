package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.PAIRS;

import dev.alig.conformance.coverage.CoveringCases;
import net.jqwik.api.Property;

/** The claim that nothing goes wrong where two circumstances meet. */
interface PairProperties extends Judged {
  @Property
  @Checks(PAIRS)
  default void everyTwoCircumstancesMeet() {
    CoveringCases covering = CoveringCases.of(subject()::inapplicable);
    covering.cases().forEach(this::agree);
    Tally.current().excuse(covering.inapplicable());
  }
}
