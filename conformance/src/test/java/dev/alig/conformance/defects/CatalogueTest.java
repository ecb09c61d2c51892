package dev.alig.conformance.defects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Worst;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.defects.Defect.Kind;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Event.Outcome;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.report.AllPairs;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.ReportBuilder;
import dev.alig.conformance.subjects.TensorFlowSubject;
import dev.alig.tensorflow.Semantics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From a defective optimizer to the verdict on the run. */
class CatalogueTest {
  private static final Defect SOUND = JavaDefects.control();
  private static final Defect WRONG =
      Defect.of(
          "eps-dropped",
          "the denominator lacks eps",
          c ->
              new PlainRun(c) {
                @Override
                double plusEps(double sum) {
                  return sum;
                }
              });

  /** What it does is what the sound one does. */
  private static final Defect HARMLESS =
      Defect.of("harmless", "nothing at all", c -> new PlainRun(c) {});

  private final ReportBuilder builder =
      new ReportBuilder(
          new GateSettings(GateSettings.EXACT, List.of(), 10, 1, Set.of(), Path.of("out")));

  private Report report(Defect sound, Defect... defects) {
    builder.add(new Event.SubjectStarted("nd4j", "1", "", 1));
    builder.add(AllPairs.coveredBy("nd4j"));
    builder.add(
        new Event.PropertyEnded(
            "nd4j",
            "p",
            List.of(Requirement.values()),
            Outcome.AGREES,
            10,
            10,
            10,
            Worst.NONE,
            "",
            0.1));
    DefectHunt hunt =
        new DefectHunt(
            RequirementCases.all(), 1, (c, s) -> new Judge(new ExactOracle()).compare(c, s), 3);
    Catalogue.run(new Catalogue.Family(sound, List.of(defects)), hunt, builder::add);
    builder.add(new Event.Finished());
    return builder.build(Optional.empty(), 1);
  }

  @Test
  void aDefectThatIsCaughtLeavesTheRunConforming() {
    assertThat(report(SOUND, WRONG).verdict()).isEqualTo(Report.CONFORMS);
  }

  @Test
  void aHarmlessDefectIsASurvivorAndBreaksTheRun() {
    Report report = report(SOUND, WRONG, HARMLESS);
    assertThat(report.exitStatus()).isEqualTo(2);
    assertThat(report.reason())
        .contains("the suite let the defective optimizer java/harmless pass")
        .contains("nothing at all");
    assertThat(report.strength()).startsWith("1 of 2 caught");
  }

  @Test
  void aControlThatIsCaughtBreaksTheRun() {
    assertThat(report(WRONG, HARMLESS).reason())
        .contains("caught the sound optimizer java/eps-dropped");
  }

  @Test
  void defectsThatBoundsJudgeAreTriedWhereASubjectIsJudgedSo() {
    assertThat(kinds(JavaDefects.control().implementation())).containsExactly(Kind.JAVA);
    assertThat(kinds(UnfusedDefects.control().implementation()))
        .containsExactly(Kind.JAVA, Kind.UNFUSED);
    assertThat(kinds(new TensorFlowSubject(Semantics.PYTORCH)))
        .containsExactly(Kind.JAVA, Kind.UNFUSED, Kind.TENSORFLOW);
  }

  private static List<Kind> kinds(Implementation subject) {
    return Catalogue.kinds(false, List.of(subject));
  }
}
