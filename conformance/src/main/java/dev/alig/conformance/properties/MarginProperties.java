package dev.alig.conformance.properties;

import static dev.alig.conformance.Requirement.BALL_MARGIN;
import static dev.alig.conformance.Requirement.CAP_MARGIN;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.cases.Margins;
import dev.alig.conformance.coverage.Circumstances;
import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.properties.Sides.Side;
import net.jqwik.api.Property;

/** Claims about the points where a branch turns. */
interface MarginProperties extends Judged {
  @Property
  @Checks(CAP_MARGIN)
  default void eitherSideOfTheCapIsTaken() {
    GateSettings settings = Gate.get().settings();
    new Sides(
            "the cap and the unclipped step size",
            Margins::cap,
            scripted -> agreeing(scripted).map(trace -> Side.of(capped(scripted, trace))))
        .cover(settings.tries(), settings.seed());
  }

  @Property
  @Checks(BALL_MARGIN)
  default void eitherSideOfTheBallIsTakenAtConstruction() {
    GateSettings settings = Gate.get().settings();
    new Sides(
            "the radius and the norm at construction",
            Margins::ballAtConstruction,
            scripted ->
                agreeing(scripted)
                    .map(trace -> Side.of(Circumstances.scaledAtConstruction(scripted, trace))))
        .cover(settings.tries(), settings.seed());
  }

  @Property
  @Checks(BALL_MARGIN)
  default void eitherSideOfTheBallIsTakenAfterAStep() {
    GateSettings settings = Gate.get().settings();
    new Sides(
            "the radius and the norm after a step",
            Margins::ballAfterStep,
            scripted ->
                agreeing(scripted)
                    .map(trace -> Side.of(Circumstances.scaledAfter(scripted, trace, 0))))
        .cover(settings.tries(), settings.seed());
  }

  private static boolean capped(Scripted scripted, Trace trace) {
    return scripted.groups().get(0).cap() < trace.steps().get(0).unclipped();
  }
}
