package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.CONSTRUCTION;
import static dev.alig.conformance.Requirement.PROJECTION;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.cases.RequirementCases;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Claims about construction and the projection on the ball. */
interface ProjectionProperties extends Judged {
  @Property
  @Checks(PROJECTION)
  default void parametersLieInTheBall(@ForAll("inBall") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> inBall() {
    return RequirementCases.of(PROJECTION);
  }

  @Property
  @Checks(CONSTRUCTION)
  default void constructionProjectsAndZeroesBuffers(@ForAll("constructed") Scripted scripted) {
    agree(scripted);
  }

  @Provide
  default Arbitrary<Scripted> constructed() {
    return RequirementCases.of(CONSTRUCTION);
  }
}
