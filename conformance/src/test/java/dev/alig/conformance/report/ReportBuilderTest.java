package dev.alig.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.Worst;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Event.Outcome;
import dev.alig.conformance.gate.GateSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportBuilderTest {
  private final ReportBuilder builder =
      new ReportBuilder(
          new GateSettings(
              GateSettings.EXACT, List.of(), 10, 1, Set.of(Requirement.CAP), Path.of("out")));

  private static Event ended(Outcome outcome, long cases) {
    return new Event.PropertyEnded(
        "nd4j", "p", List.of(Requirement.CAP), outcome, cases, cases, Worst.NONE, "", 0.1);
  }

  private String verdict(Optional<String> failure) {
    return builder.build(failure, 1).verdict();
  }

  private void start() {
    builder.add(new Event.SubjectStarted("nd4j", "1", "", 1));
  }

  @Test
  void aMetRequirementConforms() {
    start();
    builder.add(ended(Outcome.AGREES, 10));
    builder.add(new Event.Finished());
    assertThat(verdict(Optional.empty())).isEqualTo(Report.CONFORMS);
    assertThat(builder.build(Optional.empty(), 1).exitStatus()).isZero();
  }

  @Test
  void aDifferenceDiffers() {
    start();
    builder.add(ended(Outcome.DIFFERS, 1));
    builder.add(new Event.Finished());
    assertThat(verdict(Optional.empty())).isEqualTo(Report.DIFFERS);
    assertThat(builder.build(Optional.empty(), 1).exitStatus()).isOne();
  }

  @Test
  void aRequirementWithoutACaseIsBroken() {
    start();
    builder.add(new Event.Finished());
    assertThat(verdict(Optional.empty())).isEqualTo(Report.BROKEN);
    assertThat(builder.build(Optional.empty(), 1).exitStatus()).isEqualTo(2);
  }

  @Test
  void noSubjectIsBroken() {
    builder.add(new Event.Finished());
    assertThat(verdict(Optional.empty())).isEqualTo(Report.BROKEN);
  }

  @Test
  void aRunThatEndsEarlyIsBrokenEvenIfAllAgreedSoFar() {
    start();
    builder.add(ended(Outcome.AGREES, 10));
    assertThat(verdict(Optional.empty())).isEqualTo(Report.BROKEN);
  }

  @Test
  void aCrashIsBrokenAndNamesThePropertyAndItsSeed() {
    start();
    builder.add(new Event.PropertyStarted("nd4j", "p", List.of(Requirement.CAP), "42"));
    Report report = builder.build(Optional.of("the worker died"), 1);
    assertThat(report.verdict()).isEqualTo(Report.BROKEN);
    assertThat(report.reason()).contains("the worker died").contains("p").contains("42");
  }
}
