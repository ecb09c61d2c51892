package dev.alig.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.Worst;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Event.Outcome;
import dev.alig.conformance.gate.GateSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the fate of the defective optimizers does to the verdict of a run. */
class StrengthTest {
  private final ReportBuilder builder =
      new ReportBuilder(
          new GateSettings(GateSettings.EXACT, List.of(), 10, 1, Set.of(), Path.of("out")));

  StrengthTest() {
    builder.add(new Event.SubjectStarted("nd4j", "1", "", 1));
    builder.add(AllPairs.coveredBy("nd4j"));
  }

  private void propertiesEnd(Outcome outcome) {
    builder.add(
        new Event.PropertyEnded(
            "nd4j", "p", List.of(Requirement.values()), outcome, 10, 10, 10, Worst.NONE, "", 0.1));
  }

  private void tried(String name, boolean sound, @Nullable Requirement by, long cases) {
    builder.add(new Event.DefectTried(name, "java", "it is wrong", sound, by, false, cases, ""));
  }

  private Report finish() {
    builder.add(new Event.Finished());
    return builder.build(Optional.empty(), 1);
  }

  @Test
  void aSuiteThatCatchesAllConformsAndSaysWhatItTook() {
    propertiesEnd(Outcome.AGREES);
    builder.add(new Event.CatalogueStarted(4));
    tried("java/a", false, Requirement.CAP, 3);
    tried("java/b", false, Requirement.EPS, 57);
    tried("java/c", false, Requirement.EPS, 2);
    tried("java/sound", true, null, 600);
    Report report = finish();
    assertThat(report.verdict()).as(report.reason()).isEqualTo(Report.CONFORMS);
    assertThat(ReportTable.of(report))
        .contains("defects: 3 of 3 caught, cases needed: median 3, worst 57");
  }

  @Test
  void severalKindsAreCountedEachByItself() {
    propertiesEnd(Outcome.AGREES);
    builder.add(new Event.CatalogueStarted(4));
    tried("java/a", false, Requirement.CAP, 3);
    tried("java/b", false, Requirement.EPS, 57);
    builder.add(
        new Event.DefectTried(
            "tensorflow/c", "tensorflow", "it is wrong", false, Requirement.CAP, false, 5, ""));
    tried("java/sound", true, null, 600);
    assertThat(ReportTable.of(finish()))
        .contains(
            "defects: 3 of 3 caught, cases needed: median 5, worst 57;"
                + " java 2 of 2 caught, cases needed: median 57, worst 57;"
                + " tensorflow 1 of 1 caught, cases needed: median 5, worst 5");
  }

  @Test
  void aSurvivorBreaksTheRunAndIsNamed() {
    propertiesEnd(Outcome.AGREES);
    builder.add(new Event.CatalogueStarted(3));
    tried("java/a", false, Requirement.CAP, 3);
    tried("java/b", false, null, 3400);
    tried("java/sound", true, null, 600);
    Report report = finish();
    assertThat(report.exitStatus()).isEqualTo(2);
    assertThat(report.reason())
        .contains("the suite let the defective optimizer java/b pass")
        .contains("it is wrong");
    assertThat(ReportTable.of(report)).contains("defects: 1 of 2 caught");
  }

  @Test
  void aSoundOptimizerThatIsCaughtBreaksTheRun() {
    propertiesEnd(Outcome.AGREES);
    builder.add(new Event.CatalogueStarted(2));
    tried("java/a", false, Requirement.CAP, 3);
    tried("java/sound", true, Requirement.GROUPS, 4);
    Report report = finish();
    assertThat(report.exitStatus()).isEqualTo(2);
    assertThat(report.reason()).contains("GROUPS caught the sound optimizer java/sound");
  }

  @Test
  void aWholeRunWithoutTheCatalogueIsBroken() {
    propertiesEnd(Outcome.AGREES);
    assertThat(finish().reason()).contains("the catalogue of defective optimizers did not run");
  }

  @Test
  void aCatalogueThatWasNotTriedToItsEndIsBroken() {
    propertiesEnd(Outcome.AGREES);
    builder.add(new Event.CatalogueStarted(3));
    tried("java/a", false, Requirement.CAP, 3);
    tried("java/sound", true, null, 600);
    assertThat(finish().reason()).contains("2 of the catalogue's 3 optimizers");
  }

  @Test
  void aCatalogueWithoutASoundOptimizerIsBroken() {
    propertiesEnd(Outcome.AGREES);
    builder.add(new Event.CatalogueStarted(1));
    tried("java/a", false, Requirement.CAP, 3);
    assertThat(finish().verdict()).isEqualTo(Report.BROKEN);
  }

  @Test
  void aDifferenceStandsWhateverTheStrength() {
    propertiesEnd(Outcome.DIFFERS);
    builder.add(new Event.CatalogueStarted(2));
    tried("java/a", false, null, 3400);
    tried("java/sound", true, Requirement.GROUPS, 4);
    assertThat(finish().exitStatus()).isOne();
  }

  @Test
  void theReportListsDefectRequirementAndCases(@TempDir Path folder) throws Exception {
    propertiesEnd(Outcome.AGREES);
    builder.add(new Event.CatalogueStarted(3));
    tried("java/a", false, Requirement.CAP, 3);
    tried("java/b", false, null, 3400);
    tried("java/sound", true, null, 600);
    ReportWriter.write(finish(), folder);
    assertThat(Files.readString(folder.resolve("report.json")))
        .containsIgnoringWhitespaces("\"caught_by\":\"CAP\",\"cases\":3")
        .containsIgnoringWhitespaces("\"caught_by\":null,\"cases\":3400")
        .containsIgnoringWhitespaces("\"controls\":[{\"name\":\"java/sound\"");
    assertThat(Jsoup.parse(folder.resolve("report.html")).select("#defects").text())
        .contains("1 of 2 caught")
        .contains("java/b it is wrong nothing 3,400")
        .contains("nothing, as it should");
  }
}
