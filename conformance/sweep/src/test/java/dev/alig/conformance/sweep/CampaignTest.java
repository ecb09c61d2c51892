package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.report.Report.RequirementResult;
import dev.alig.conformance.report.Report.WorstCase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps whose gate is a table. */
class CampaignTest {
  private static final Outcome KILLED = new Outcome.Broken("killed");
  private static final String SETTINGS = "--tries 50";
  private static final List<Row> THREE = List.of(row("2.2.2"), row("2.3.1"), row("2.4.1"));

  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<String> ran = new ArrayList<>();
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final Map<String, Long> places = new HashMap<>();
  private final Map<String, Double> ratios = new HashMap<>();
  private final Map<String, String> messages = new HashMap<>();

  private static Row row(String torch) {
    return SampleRows.plain(torch).with(Map.of("torch", torch));
  }

  /** A machine that stops dead. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private SweepReport run(String settings) throws IOException {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (SweepFolder place = new SweepFolder(folder)) {
      return new Campaign(place, settings, (row, own) -> gate(settings, row, own), out).run(THREE);
    }
  }

  private RowResult gate(String settings, Row row, Path own) throws IOException {
    ran.add(row.name());
    Outcome outcome = outcomes.getOrDefault(row.name(), new Outcome.Conforms());
    if (outcome.equals(KILLED)) {
      throw new Killed();
    }
    List<Long> found = List.of(places.getOrDefault(row.name(), 7L));
    Fingerprint.Probe probe = new Fingerprint.Probe("norm float32 9", "norm", found, "", -1);
    SweepFolder.write(Fingerprint.in(own), new Fingerprint("", List.of(probe)));
    RequirementResult norm =
        new RequirementResult(
            "NORM",
            "the norm",
            outcome.words(),
            50,
            50,
            50,
            0,
            0,
            1,
            new WorstCase(1, 2, ratios.getOrDefault(row.name(), 0.75), "case-1"),
            List.of(),
            messages.getOrDefault(row.name(), ""));
    RowResult.Subject nd4j = new RowResult.Subject("nd4j", "1", List.of(norm));
    List<RowResult.Subject> subjects =
        outcome instanceof Outcome.Broken ? List.of() : List.of(nd4j);
    OracleFacts facts = OracleFacts.withoutPython("bundled");
    return new RowResult(row, settings, outcome, 120, facts, subjects);
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("sweep.html"));
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void allThatConformsExitsWithZero() throws IOException {
    SweepReport report = run(SETTINGS);
    assertThat(report.exitStatus()).isZero();
    assertThat(report.sinceLast()).hasSize(3).contains("2.2.2 is new: conforms");
    assertThat(printed()).contains("2.2.2: conforms; 2 left: about 4 min", "; 1 left: about 2 min");
    assertThat(page()).contains("conforms").doesNotContain("<pre></pre>");
    assertThat(Jsoup.parse(page()).select("table .changed, table .moved")).isEmpty();
  }

  /** A phone shows no hints. */
  @Test
  void whatTheGateSaysOfACellIsReadWithoutHovering() throws IOException {
    outcomes.put("2.3.1", new Outcome.Differs());
    messages.put("2.3.1", "expected <1>\nactual 2");
    run(SETTINGS);
    Document page = Jsoup.parse(page());
    assertThat(page.select("[title]")).isEmpty();
    assertThat(page.select("td details summary").text()).isEqualTo("differs 0.750");
    assertThat(page.select("td details pre").eachText()).containsExactly("expected <1>\nactual 2");
    assertThat(page.select(".grid tbody th").text()).contains("NORM the norm");
  }

  @Test
  void otherBitsAreMarkedWhereTheVerdictIsTheSame() throws IOException {
    ratios.put("2.3.1", 0.5);
    ratios.put("2.4.1", 0.5);
    run(SETTINGS);
    Elements fields = Jsoup.parse(page()).select("#changes table tr:contains(NORM) td .field");
    assertThat(fields.eachText()).containsExactly("0.750", "0.500 ≠", "0.500");
    assertThat(fields.stream().map(field -> field.hasClass("moved")))
        .containsExactly(false, true, false);
  }

  @Test
  void aKilledRunGoesOnWithWhatIsLeft() throws IOException {
    outcomes.put("2.3.1", KILLED);
    assertThatThrownBy(() -> run(SETTINGS)).isInstanceOf(Killed.class);
    assertThat(page()).contains("unfinished");
    outcomes.clear();
    SweepReport report = run(SETTINGS);
    assertThat(ran).containsExactly("2.2.2", "2.3.1", "2.3.1", "2.4.1");
    assertThat(report.rows()).hasSize(3);
    assertThat(printed()).contains("going on with the sweep", "from before the interruption");
  }

  @Test
  void otherSettingsBeginAnew() throws IOException {
    outcomes.put("2.3.1", KILLED);
    assertThatThrownBy(() -> run(SETTINGS)).isInstanceOf(Killed.class);
    outcomes.clear();
    run("--tries 51");
    assertThat(ran).containsExactly("2.2.2", "2.3.1", "2.2.2", "2.3.1", "2.4.1");
  }

  @Test
  void aResultCutShortCountsAsNone() throws IOException {
    outcomes.put("2.3.1", KILLED);
    assertThatThrownBy(() -> run(SETTINGS)).isInstanceOf(Killed.class);
    outcomes.clear();
    Files.writeString(folder.resolve("rows/2.2.2/result.json"), "{\"row\": {\"name\": ");
    run(SETTINGS);
    assertThat(ran).containsExactly("2.2.2", "2.3.1", "2.2.2", "2.3.1", "2.4.1");
  }

  @Test
  void aFinishedRunBeginsAnewAndIsComparedWith() throws IOException {
    run(SETTINGS);
    outcomes.put("2.4.1", new Outcome.Differs());
    places.put("2.3.1", 8L);
    SweepReport report = run(SETTINGS);
    assertThat(ran).hasSize(6);
    assertThat(report.exitStatus()).isEqualTo(1);
    assertThat(report.sinceLast())
        .containsExactly(
            "2.3.1: other bits in {norm=1}",
            "2.4.1, outcome: was conforms, is differs",
            "2.4.1, nd4j, NORM: was conforms, is differs");
    assertThat(run(SETTINGS).sinceLast()).containsExactly("nothing changed since the last sweep");
  }

  @Test
  void neighboursThatDifferAreMarked() throws IOException {
    places.put("2.3.1", 10L);
    places.put("2.4.1", 10L);
    outcomes.put("2.4.1", new Outcome.Differs());
    SweepReport report = run(SETTINGS);
    assertThat(report.steps().get(0).bits())
        .singleElement()
        .satisfies(change -> assertThat(change.ulps()).isEqualTo(3));
    assertThat(report.steps().get(1).bits()).isEmpty();
    assertThat(report.steps().get(1).verdicts())
        .containsExactly("nd4j, NORM: was conforms, is differs");
    Document page = Jsoup.parse(page());
    assertThat(page.select("td .changed").text()).isEqualTo("differs 0.750");
    assertThat(page.select("li").eachText())
        .contains("norm float32 9: 3 ulp")
        .anyMatch(line -> line.startsWith("2.2.2 → 2.3.1: other bits in {norm=1}"));
    assertThat(SweepPage.text(report)).contains("2.2.2 -> 2.3.1: other bits in {norm=1}");
  }

  @Test
  void aRowThatCannotBeSetUpIsShownAndIsTriedAgainAfterAnInterruption() throws IOException {
    outcomes.put("2.2.2", new Outcome.Broken("not set up: no wheel"));
    outcomes.put("2.4.1", KILLED);
    assertThatThrownBy(() -> run(SETTINGS)).isInstanceOf(Killed.class);
    outcomes.remove("2.4.1");
    SweepReport report = run(SETTINGS);
    assertThat(ran).containsExactly("2.2.2", "2.3.1", "2.4.1", "2.2.2", "2.4.1");
    assertThat(report.exitStatus()).isEqualTo(2);
    assertThat(page()).contains("broken: not set up: no wheel");
  }

  @Test
  void twoSweepsInOneFolderAreRefused() throws IOException {
    try (SweepFolder first = new SweepFolder(folder)) {
      assertThat(first.resolve("lock")).exists();
      assertThatThrownBy(() -> new SweepFolder(folder))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another sweep is under way");
    }
  }

  @Test
  void theJsonIsTheWholeReport() throws IOException {
    SweepReport report = run(SETTINGS);
    assertThat(SweepFolder.read(folder.resolve("sweep.json"), SweepReport.class)).hasValue(report);
    assertThat(folder.resolve("sweep.json")).content().contains("\"exit_status\" : 0");
  }

  @Test
  void theStatusOfASweepFollowsFromItsRows() {
    assertThat(status(new Outcome.Conforms(), new Outcome.NotRun("x"))).isZero();
    assertThat(status(new Outcome.NotRun("x"))).isEqualTo(2);
    assertThat(status()).isEqualTo(2);
    assertThat(status(new Outcome.Conforms(), new Outcome.Broken("x"))).isEqualTo(2);
    assertThat(status(new Outcome.Broken("x"), new Outcome.Differs())).isOne();
  }

  private static int status(Outcome... outcomes) {
    List<RowResult> rows =
        Stream.of(outcomes)
            .map(o -> new RowResult(THREE.get(0), "", o, 1, OracleFacts.UNKNOWN, List.of()))
            .toList();
    return new SweepReport(true, "", rows, List.of(), List.of()).exitStatus();
  }
}
