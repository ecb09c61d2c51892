package dev.alig.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.differences.AskedDifference;
import dev.alig.conformance.differences.AskedDifference.State;
import dev.alig.conformance.differences.Declared;
import dev.alig.conformance.model.Worst;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Event;
import dev.alig.conformance.run.Event.Outcome;
import dev.alig.conformance.run.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownDifferencesTest {
  private final ReportBuilder builder =
      new ReportBuilder(
          new ConformanceSettings(
              ConformanceSettings.EXACT,
              List.of(),
              10,
              1,
              Set.of(Requirement.CAP),
              Path.of("out")));

  private static AskedDifference asked(String id, State state, String evidence) {
    return new AskedDifference(
        id, List.of("one", "other"), "always", "a & b", "https://example.org", state, evidence);
  }

  private Report report() {
    builder.add(
        new Event.DifferencesAsked(
            "first",
            List.of(asked("a", State.HOLDS, "first"), asked("b", State.NOT_ASKED, "first"))));
    builder.add(
        new Event.DifferencesAsked(
            "second",
            List.of(asked("a", State.NOT_ASKED, "second"), asked("b", State.STALE, "second"))));
    return builder.build(Optional.empty(), 1);
  }

  @Test
  void anEntryIsStaleIfItIsWithAnySubjectAndHoldsIfItDoesWithAny() {
    assertThat(report().knownDifferences())
        .containsExactly(asked("a", State.HOLDS, "first"), asked("b", State.STALE, "second"));
  }

  private static Declared.Count count(long shown, long agreed, boolean whole) {
    return new Declared.Count("known.yaml, entry 1", "always", "so", shown, agreed, whole);
  }

  private Report declared(long shown, long agreed, boolean whole) {
    Declared.Count first = count(shown, 1, whole);
    Declared.Count second = count(0, agreed, whole);
    builder.add(new Event.DeclaredAsked("first", "p", List.of(first)));
    builder.add(new Event.DeclaredAsked("second", "q", List.of(second)));
    builder.add(
        new Event.PropertyEnded(
            "first", "p", List.of(Requirement.CAP), Outcome.AGREES, 1, 1, 1, Worst.NONE, "", 0.1));
    builder.add(new Event.SubjectStarted("first", "1", "", List.of(), 1));
    builder.add(new Event.Finished());
    return builder.build(Optional.empty(), 1);
  }

  @Test
  void anEntryOfTheUsersHoldsIfAnyPropertyShowsIt() {
    Report report = declared(2, 3, false);
    assertThat(report.verdict()).isEqualTo(Report.CONFORMS);
    AskedDifference asked = report.knownDifferences().get(0);
    assertThat(asked.state()).isEqualTo(State.HOLDS);
    assertThat(asked.evidence()).isEqualTo("2 cases differ as declared, 4 agree");
  }

  @Test
  void anEntryOfTheUsersThatNoPropertyShowsFailsTheRun() {
    Report report = declared(0, 3, true);
    assertThat(report.verdict()).isEqualTo(Report.DIFFERS);
    assertThat(report.exitStatus()).isOne();
    assertThat(report.reason())
        .isEqualTo(
            "known.yaml, entry 1 is stale: all 4 cases that it concerns agree; correct the entry,"
                + " or remove it");
    assertThat(ReportTable.of(report)).contains("verdict: differs").contains("is stale");
  }

  /** Another requirement of the entry might show it. */
  @Test
  void anEntryOfWhichARunLeavesOutRequirementsIsNotStale() {
    Report report = declared(0, 3, false);
    assertThat(report.verdict()).isEqualTo(Report.CONFORMS);
    assertThat(report.knownDifferences().get(0).state()).isEqualTo(State.NOT_ASKED);
  }

  @Test
  void theTerminalHasOneLine() {
    assertThat(ReportTable.of(report()))
        .contains("known differences: 1 hold, 1 stale, 0 not asked");
    assertThat(KnownDifferences.line(List.of(asked("a", State.NOT_ASKED, ""))))
        .isEqualTo("known differences: 0 hold, 1 not asked");
  }

  @Test
  void theJournalKeepsThem() throws IOException {
    Event event =
        new Event.DifferencesAsked("first", List.of(asked("a", State.NOT_ASKED, "no torch")));
    String line = new JsonMapper().writerFor(Event.class).writeValueAsString(event);
    assertThat(Journal.read(line)).isEqualTo(event);
  }

  @Test
  void reportAndPageListThem(@TempDir Path folder) throws IOException {
    ReportWriter.write(report(), folder);
    JsonNode first =
        new JsonMapper()
            .readTree(folder.resolve("report.json").toFile())
            .at("/known_differences/0");
    assertThat(first.toString())
        .isEqualTo(
            "{'id':'a','between':['one','other'],'when':'always','because':'a & b',"
                    .replace('\'', '"')
                + "'link':'https://example.org','state':'holds','evidence':'first'}"
                    .replace('\'', '"'));
    assertThat(Jsoup.parse(folder.resolve("report.html")).select("#differences").text())
        .contains("Known differences", "one and other", "a & b", "stale");
  }

  @Test
  void aPageWithoutThemHasNoTable(@TempDir Path folder) throws IOException {
    ReportWriter.write(builder.build(Optional.empty(), 1), folder);
    assertThat(Files.readString(folder.resolve("report.html"))).doesNotContain("Known differences");
  }
}
