package dev.alig.conformance.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.cases.Margin;
import dev.alig.conformance.cases.Margins;
import dev.alig.conformance.coverage.Circumstances;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.properties.BranchCoverage.Branch;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BranchCoverageTest {
  private final AtomicInteger cases = new AtomicInteger();

  private Optional<Branch> cap(StepCase scripted) {
    cases.incrementAndGet();
    double unclipped = new ExactOracle().run(scripted).steps().get(0).unclipped();
    return Optional.of(Branch.of(scripted.groups().get(0).cap() < unclipped));
  }

  private static StepCase uncapped(DType dtype, Margin margin, SplittableRandom random) {
    StepCase scripted = Margins.cap(dtype, margin, random);
    return scripted.withGroups(
        scripted.groups().stream()
            .map(g -> new Group(OptionalDouble.empty(), g.momentum(), g.parameters()))
            .toList());
  }

  @Test
  void bothSidesOfTheCapAreTakenAtEveryDistance() {
    new BranchCoverage("the cap", Margins::cap, this::cap).cover(1, 1);
    assertThat(cases.get()).isBetween(20, 600);
  }

  @Test
  void bothSidesOfTheBallAreTakenAtConstruction() {
    new BranchCoverage(
            "the radius",
            Margins::ballAtConstruction,
            scripted -> {
              Trace trace = new ExactOracle().run(scripted);
              return Optional.of(Branch.of(Circumstances.scaledAtConstruction(scripted, trace)));
            })
        .cover(1, 1);
  }

  @Test
  void bothSidesOfTheBallAreTakenAfterAStep() {
    new BranchCoverage(
            "the radius",
            Margins::ballAfterStep,
            scripted -> {
              Trace trace = new ExactOracle().run(scripted);
              return Optional.of(Branch.of(Circumstances.scaledAfter(scripted, trace, 0)));
            })
        .cover(1, 1);
  }

  @Test
  void aGeneratorThatNeverHitsTheCapIsNoticed() {
    BranchCoverage sides = new BranchCoverage("the cap", BranchCoverageTest::uncapped, this::cap);
    assertThatThrownBy(() -> sides.cover(1, 1))
        .hasMessageContaining("the cap")
        .hasMessageContaining("[CUT] at NONE in FLOAT")
        .hasMessageContaining("[CUT] at OUTSIDE in DOUBLE");
  }

  @Test
  void aSubjectThatAlwaysCutsIsNoticed() {
    BranchCoverage sides =
        new BranchCoverage("the cap", Margins::cap, scripted -> Optional.of(Branch.CUT));
    assertThatThrownBy(() -> sides.cover(1, 1)).hasMessageContaining("[KEPT] at ONE_ULP in DOUBLE");
  }

  /** As one that comes so near by cutting two ulps too early only on the threshold itself. */
  @Test
  void aGeneratorThatMissesTheThresholdItselfIsNoticed() {
    BranchCoverage sides =
        new BranchCoverage(
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
    BranchCoverage sides =
        new BranchCoverage("the cap", Margins::cap, scripted -> Optional.empty());
    assertThatCode(() -> sides.cover(1, 1)).doesNotThrowAnyException();
  }
}
