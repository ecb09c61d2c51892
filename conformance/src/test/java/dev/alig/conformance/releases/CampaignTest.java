package dev.alig.conformance.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.releases.ReleaseResult.Cell;
import dev.alig.conformance.releases.ReleaseResult.ProbeDigest;
import dev.alig.conformance.releases.ReleaseResult.SetUp;
import dev.alig.conformance.releases.ReleaseResult.Subject;
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
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over releases whose gate is a table. */
class CampaignTest {
  private static final List<Version> THREE =
      List.of(Version.of("2.2.2"), Version.of("2.3.1"), Version.of("2.4.1"));
  private static final RunSettings SETTINGS = settings(50);

  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<String> ran = new ArrayList<>();
  private final Map<String, String> verdicts = new HashMap<>();
  private final Map<String, String> bits = new HashMap<>();
  private final Map<String, Double> ratios = new HashMap<>();
  private final Map<String, String> messages = new HashMap<>();
  private final List<Version> there = new ArrayList<>();

  private static RunSettings settings(int tries) {
    return new RunSettings(
        7, tries, List.of("nd4j"), List.of(), "bundled", "", "code", "Linux amd64, Java 17");
  }

  /** A machine that stops dead. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private ReleasesReport run(RunSettings settings) throws IOException {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (RunFolder place = new RunFolder(folder)) {
      ReleaseRun gate = (v, own) -> gate(settings, v, own);
      return new Campaign(place, settings, gate, there::contains, out).run(THREE);
    }
  }

  private ReleaseResult gate(RunSettings settings, Version version, Path own) throws IOException {
    String name = version.toString();
    ran.add(name);
    String verdict = verdicts.getOrDefault(name, "conforms");
    if (verdict.equals("killed")) {
      throw new Killed();
    }
    String found = bits.getOrDefault(name, "3f800000");
    Files.createDirectories(own);
    Fingerprint.Probe probe =
        new Fingerprint.Probe("norm float32 9", "norm", found, "d" + found, "", -1);
    Fingerprint fingerprint =
        new Fingerprint(name, "2.4.6", "3.11.7", "AVX2", "bundled", "o", "", List.of(probe));
    new JsonMapper().writeValue(own.resolve("fingerprint.json").toFile(), fingerprint);
    Cell cell =
        new Cell(
            "NORM",
            "the norm",
            verdict,
            50,
            ratios.getOrDefault(name, 0.75),
            "case-1",
            messages.getOrDefault(name, ""));
    return new ReleaseResult(
        version,
        verdict,
        verdict.equals(ReleaseResult.NOT_SET_UP) ? "no wheel" : "",
        "2.4.6",
        settings.digest(),
        new SetUp(true, 100, 6_000_000_000L, 60_000_000_000L, false),
        20,
        "o",
        List.of(new Subject("nd4j", "1", "d", List.of(cell))),
        List.of(ProbeDigest.of(probe)));
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("releases.html"));
  }

  @Test
  void allThatConformsExitsWithZero() throws IOException {
    ReleasesReport report = run(SETTINGS);
    assertThat(report.exitStatus()).isZero();
    assertThat(report.sinceLast()).containsExactly("there is no run before this one");
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("2 left, 2 of them to be set up: about 4 min", "1 left, 1 of them to be");
    assertThat(page())
        .contains("conforms", "6.0 GB, built and removed")
        .doesNotContain("<pre></pre>");
    assertThat(Jsoup.parse(page()).select("table .changed, table .moved")).isEmpty();
  }

  @Test
  void anEnvironmentThatIsThereTakesNoTimeToSetUp() throws IOException {
    there.add(THREE.get(2));
    run(SETTINGS);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("2 left, 1 of them to be set up: about 3 min", "1 left: about 1 min");
  }

  /** A phone shows no hints. */
  @Test
  void whatTheGateSaysOfACellIsReadWithoutHovering() throws IOException {
    verdicts.put("2.3.1", "differs");
    messages.put("2.3.1", "expected <1>\nactual 2");
    run(SETTINGS);
    Document page = Jsoup.parse(page());
    assertThat(page.select("[title]")).isEmpty();
    assertThat(page.select("td details summary").text()).isEqualTo("differs 0.750");
    assertThat(page.select("td details pre").eachText()).containsExactly("expected <1>\nactual 2");
    assertThat(page.select("tbody th").text()).contains("NORM the norm");
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
    verdicts.put("2.3.1", "killed");
    assertThatThrownBy(() -> run(SETTINGS)).isInstanceOf(Killed.class);
    assertThat(page()).contains("unfinished");
    verdicts.clear();
    ReleasesReport report = run(SETTINGS);
    assertThat(ran).containsExactly("2.2.2", "2.3.1", "2.3.1", "2.4.1");
    assertThat(report.releases()).hasSize(3);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("going on with the run");
  }

  @Test
  void otherSettingsBeginAnew() throws IOException {
    verdicts.put("2.3.1", "killed");
    assertThatThrownBy(() -> run(SETTINGS)).isInstanceOf(Killed.class);
    verdicts.clear();
    run(settings(51));
    assertThat(ran).containsExactly("2.2.2", "2.3.1", "2.2.2", "2.3.1", "2.4.1");
  }

  @Test
  void aResultCutShortCountsAsNone() throws IOException {
    verdicts.put("2.3.1", "killed");
    assertThatThrownBy(() -> run(SETTINGS)).isInstanceOf(Killed.class);
    verdicts.clear();
    Files.writeString(folder.resolve("runs/2.2.2/result.json"), "{\"version\": \"2.2.2\", ");
    run(SETTINGS);
    assertThat(ran).containsExactly("2.2.2", "2.3.1", "2.2.2", "2.3.1", "2.4.1");
  }

  @Test
  void aFinishedRunBeginsAnewAndIsComparedWith() throws IOException {
    run(SETTINGS);
    verdicts.put("2.4.1", "differs");
    bits.put("2.3.1", "3f800001");
    ReleasesReport report = run(SETTINGS);
    assertThat(ran).hasSize(6);
    assertThat(report.exitStatus()).isEqualTo(1);
    assertThat(report.sinceLast())
        .containsExactly(
            "torch 2.3.1: other bits in 1 probes of norm",
            "torch 2.4.1: was conforms, is differs",
            "torch 2.4.1, nd4j: NORM was conforms, is differs");
    assertThat(run(SETTINGS).sinceLast()).containsExactly("nothing changed since the last run");
  }

  @Test
  void neighboursThatDifferAreMarked() throws IOException {
    bits.put("2.3.1", "3f800003");
    bits.put("2.4.1", "3f800003");
    verdicts.put("2.4.1", "differs");
    ReleasesReport report = run(SETTINGS);
    assertThat(report.steps().get(0).bits())
        .singleElement()
        .satisfies(change -> assertThat(change.ulps()).isEqualTo(3));
    assertThat(report.steps().get(1).bits()).isEmpty();
    assertThat(report.steps().get(1).verdicts()).hasSize(1);
    Document page = Jsoup.parse(page());
    assertThat(page.select("td .changed").text()).isEqualTo("differs 0.750");
    assertThat(page.select("td .moved").text()).isEqualTo("≠ in 1, by ≤ 3 ulp");
    assertThat(page.select("th:contains(2.3.1):contains(≠ in 1 probe)")).hasSize(1);
    assertThat(ReleasesTable.of(report)).contains("2.2.2 -> 2.3.1: other bits in {norm=1}");
  }

  @Test
  void aReleaseThatCannotBeSetUpIsARowAndIsTriedAgainAfterAnInterruption() throws IOException {
    verdicts.put("2.2.2", ReleaseResult.NOT_SET_UP);
    verdicts.put("2.4.1", "killed");
    assertThatThrownBy(() -> run(SETTINGS)).isInstanceOf(Killed.class);
    verdicts.remove("2.4.1");
    ReleasesReport report = run(SETTINGS);
    assertThat(ran).containsExactly("2.2.2", "2.3.1", "2.4.1", "2.2.2", "2.4.1");
    assertThat(report.exitStatus()).isEqualTo(2);
    assertThat(page()).contains("not set up", "no wheel");
  }

  @Test
  void twoRunsInOneFolderAreRefused() throws IOException {
    try (RunFolder first = new RunFolder(folder)) {
      assertThat(first.report().getParent()).isEqualTo(folder);
      assertThatThrownBy(() -> new RunFolder(folder))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another run is under way");
    }
  }

  @Test
  void theJsonIsTheWholeReport() throws IOException {
    ReleasesReport report = run(SETTINGS);
    assertThat(
            new JsonMapper()
                .readValue(folder.resolve("releases.json").toFile(), ReleasesReport.class))
        .isEqualTo(report);
  }
}
