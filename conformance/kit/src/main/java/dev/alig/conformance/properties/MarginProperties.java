package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.BALL_MARGIN;
import static dev.alig.conformance.Requirement.CAP_MARGIN;

import dev.alig.conformance.cases.Margins;
import dev.alig.conformance.coverage.Circumstances;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.properties.BranchCoverage.Branch;
import dev.alig.conformance.properties.BranchCoverage.Generator;
import dev.alig.conformance.run.ConformanceSettings;
import java.util.function.BiPredicate;
import net.jqwik.api.Property;

/** Claims about the points at which a branch turns. */
interface MarginProperties extends SubjectProperties {
  @Property
  @Checks(CAP_MARGIN)
  default void eitherSideOfTheCapIsTaken() {
    cover(
        "the cap and the unclipped step size",
        Margins::cap,
        (scripted, trace) -> scripted.groups().get(0).cap() < trace.steps().get(0).unclipped());
  }

  @Property
  @Checks(BALL_MARGIN)
  default void eitherSideOfTheBallIsTakenAtConstruction() {
    cover(
        "the radius and the norm at construction",
        Margins::ballAtConstruction,
        Circumstances::scaledAtConstruction);
  }

  @Property
  @Checks(BALL_MARGIN)
  default void eitherSideOfTheBallIsTakenAfterAStep() {
    cover(
        "the radius and the norm after a step",
        Margins::ballAfterStep,
        (scripted, trace) -> Circumstances.scaledAfter(scripted, trace, 0));
  }

  private void cover(String threshold, Generator generator, BiPredicate<StepCase, Trace> cut) {
    ConformanceSettings settings = conformanceRun().settings();
    new BranchCoverage(
            threshold,
            generator,
            scripted -> agreeing(scripted).map(trace -> Branch.of(cut.test(scripted, trace))))
        .cover(settings.tries(), settings.seed());
  }
}
