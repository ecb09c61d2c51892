package dev.alig.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.coverage.ImpossiblePairs;
import dev.alig.conformance.coverage.Level;
import dev.alig.conformance.coverage.Pair;
import dev.alig.conformance.model.Worst;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Event;
import dev.alig.conformance.run.Event.Outcome;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportBuilderTest {
  private static final ConformanceSettings EVERYTHING =
      new ConformanceSettings(
          ConformanceSettings.EXACT, List.of(), 10, 1, Set.of(), Path.of("out"));

  private final ReportBuilder builder =
      new ReportBuilder(
          new ConformanceSettings(
              ConformanceSettings.EXACT,
              List.of(),
              10,
              1,
              Set.of(Requirement.CAP),
              Path.of("out")));

  private static Event ended(Outcome outcome, long cases) {
    return new Event.PropertyEnded(
        "nd4j", "p", List.of(Requirement.CAP), outcome, cases, cases, cases, Worst.NONE, "", 0.1);
  }

  private String verdict(Optional<String> failure) {
    return builder.build(failure, 1).verdict();
  }

  private void start() {
    builder.add(new Event.SubjectStarted("nd4j", "1", "", List.of(), 1));
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
  void theWorstOfItsPropertiesIsTheRequirements() {
    start();
    for (double ratio : List.of(0.2, 0.7, 0.5)) {
      builder.add(
          new Event.PropertyEnded(
              "nd4j",
              "p",
              List.of(Requirement.CAP),
              Outcome.AGREES,
              1,
              1,
              1,
              new Worst(ratio, 1, ratio, "case " + ratio),
              "",
              0.1));
    }
    Report.Subject subject = builder.build(Optional.empty(), 1).subjects().get(0);
    assertThat(subject.requirements().get(0).worst())
        .isEqualTo(new Report.WorstCase(0.7, 1, 0.7, "case 0.7"));
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

  private static String reason(Set<Pair> met, Set<Requirement> only) {
    ReportBuilder builder =
        new ReportBuilder(
            new ConformanceSettings(
                ConformanceSettings.EXACT, List.of(), 10, 1, only, Path.of("out")));
    builder.add(new Event.SubjectStarted("nd4j", "1", "", List.of(), 1));
    List<String> pairs = met.stream().map(Pair::toString).toList();
    builder.add(new Event.Covered("nd4j", "p", pairs, Map.of(), 3));
    List<Requirement> all = List.of(Requirement.values());
    builder.add(
        new Event.PropertyEnded("nd4j", "p", all, Outcome.AGREES, 1, 1, 1, Worst.NONE, "", 0.1));
    builder.add(new Event.Finished());
    Report report = builder.build(Optional.empty(), 1);
    assertThat(report.subjects().get(0).requirements().get(0).inapplicable()).isEqualTo(3);
    return report.verdict() + report.reason();
  }

  @Test
  void allPairsConform() {
    assertThat(reason(ImpossiblePairs.others(), Set.of())).isEqualTo(Report.CONFORMS);
  }

  @Test
  void aMissingPairIsBrokenAndNamed() {
    Set<Pair> met = new LinkedHashSet<>(ImpossiblePairs.others());
    met.remove(Pair.of(Level.CAP_HIT, Level.DTYPE_FLOAT));
    assertThat(reason(met, Set.of()))
        .startsWith(Report.BROKEN)
        .contains("nd4j", "1 of ", "CAP_HIT with DTYPE_FLOAT");
    assertThat(reason(met, Set.of(Requirement.CAP))).isEqualTo(Report.CONFORMS);
  }

  @Test
  void anImpossiblePairThatMetIsBroken() {
    assertThat(reason(Pair.all(), Set.of()))
        .startsWith(Report.BROKEN)
        .contains("CAP_HIT with SPECIAL_NAN");
  }

  @Test
  void aSuiteThatAsksWhatItLikesIsHeldToThatAlone() {
    ReportBuilder whole = new ReportBuilder(EVERYTHING);
    ReportBuilder chosen = new ReportBuilder(EVERYTHING).onWhatWasAsked();
    for (ReportBuilder any : List.of(whole, chosen)) {
      any.add(new Event.SubjectStarted("nd4j", "1", "", List.of(), 1));
      any.add(new Event.PropertyStarted("nd4j", "p", List.of(Requirement.CAP), "42"));
      any.add(ended(Outcome.AGREES, 10));
      any.add(new Event.Finished());
    }
    assertThat(whole.build(Optional.empty(), 1).verdict()).isEqualTo(Report.BROKEN);
    Report report = chosen.build(Optional.empty(), 1);
    assertThat(report.verdict()).isEqualTo(Report.CONFORMS);
    assertThat(report.subjects().get(0).requirements())
        .extracting(Report.RequirementResult::id)
        .containsExactly(Requirement.CAP.name());
  }

  @Test
  void aSuiteThatAskedNothingIsBroken() {
    ReportBuilder chosen = new ReportBuilder(EVERYTHING).onWhatWasAsked();
    chosen.add(new Event.Finished());
    assertThat(chosen.build(Optional.empty(), 1).verdict()).isEqualTo(Report.BROKEN);
  }
}
