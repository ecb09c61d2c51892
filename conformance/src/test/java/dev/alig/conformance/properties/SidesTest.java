package dev.alig.conformance.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.cases.Margin;
import dev.alig.conformance.cases.Margins;
import dev.alig.conformance.coverage.Circumstances;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.properties.Sides.Side;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SidesTest {
  private final AtomicInteger cases = new AtomicInteger();

  private Optional<Side> cap(Scripted scripted) {
    cases.incrementAndGet();
    double unclipped = new ExactOracle().run(scripted).steps().get(0).unclipped();
    return Optional.of(Side.of(scripted.groups().get(0).cap() < unclipped));
  }

  private static Scripted uncapped(DType dtype, Margin margin, SplittableRandom random) {
    Scripted scripted = Margins.cap(dtype, margin, random);
    return scripted.withGroups(
        scripted.groups().stream()
            .map(g -> new Group(OptionalDouble.empty(), g.momentum(), g.parameters()))
            .toList());
  }

  @Test
  void bothSidesOfTheCapAreTakenAtEveryDistance() {
    new Sides("the cap", Margins::cap, this::cap).cover(1, 1);
    assertThat(cases.get()).isBetween(20, 600);
  }

  @Test
  void bothSidesOfTheBallAreTakenAtConstruction() {
    new Sides(
            "the radius",
            Margins::ballAtConstruction,
            scripted -> {
              Trace trace = new ExactOracle().run(scripted);
              return Optional.of(Side.of(Circumstances.scaledAtConstruction(scripted, trace)));
            })
        .cover(1, 1);
  }

  @Test
  void bothSidesOfTheBallAreTakenAfterAStep() {
    new Sides(
            "the radius",
            Margins::ballAfterStep,
            scripted -> {
              Trace trace = new ExactOracle().run(scripted);
              return Optional.of(Side.of(Circumstances.scaledAfter(scripted, trace, 0)));
            })
        .cover(1, 1);
  }

  @Test
  void aGeneratorThatNeverHitsTheCapIsNoticed() {
    Sides sides = new Sides("the cap", SidesTest::uncapped, this::cap);
    assertThatThrownBy(() -> sides.cover(1, 1))
        .hasMessageContaining("the cap")
        .hasMessageContaining("[CUT] at NONE in FLOAT")
        .hasMessageContaining("[CUT] at OUTSIDE in DOUBLE");
  }

  @Test
  void aSubjectThatAlwaysCutsIsNoticed() {
    Sides sides = new Sides("the cap", Margins::cap, scripted -> Optional.of(Side.CUT));
    assertThatThrownBy(() -> sides.cover(1, 1)).hasMessageContaining("[KEPT] at ONE_ULP in DOUBLE");
  }

  /** As one that comes so near by cutting two ulps too early only on the threshold itself. */
  @Test
  void aGeneratorThatMissesTheThresholdItselfIsNoticed() {
    Sides sides =
        new Sides(
            "the cap",
            (dtype, margin, random) ->
                Margins.cap(dtype, margin == Margin.AT ? Margin.OUTSIDE_ABOVE : margin, random),
            this::cap);
    assertThatThrownBy(() -> sides.cover(1, 1))
        .hasMessageContaining("[CUT] at NONE in FLOAT")
        .hasMessageNotContaining("ULP");
  }

  @Test
  void aSubjectThatCannotRunTheCasesIsNotBlamed() {
    Sides sides = new Sides("the cap", Margins::cap, scripted -> Optional.empty());
    assertThatCode(() -> sides.cover(1, 1)).doesNotThrowAnyException();
  }
}
