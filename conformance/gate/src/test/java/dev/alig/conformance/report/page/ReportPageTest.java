package dev.alig.conformance.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.SampleReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page says and how it is built; {@link BrowserTest} asks how it looks. */
class ReportPageTest {
  @TempDir private Path folder;

  static Stream<Report> reports() {
    return Stream.of(SampleReport.conforming(), SampleReport.failing(), SampleReport.empty());
  }

  private Document page(Report report) {
    return Jsoup.parse(ReportPage.of(report, folder));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void thePageNeedsNothingElse(Report report) {
    Document page = page(report);
    assertThat(page.select("script, link, img, iframe, object, embed, style[src], use, image"))
        .isEmpty();
    assertThat(page.select("[src], [srcset], [background], [onclick], [onload], [onerror]"))
        .isEmpty();
    assertThat(page.html()).doesNotContain("@import").doesNotContain("url(");
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .startsWith("default-src 'none'");
  }

  @Test
  void eachCauseIsARow() {
    assertThat(page(SampleReport.failing()).select("#causes tbody tr").eachText())
        .hasSize(3)
        .anyMatch(row -> row.contains("eps = 1e-6, together with max_lr is ignored"))
        .anyMatch(row -> row.contains("no setting of ours"))
        .allMatch(row -> row.startsWith("the unclipped step size") && row.endsWith("CAP NORM"));
    assertThat(page(SampleReport.conforming()).select("#causes")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("reports")
  void headingsGoDownOneByOne(Report report) {
    Document page = page(report);
    assertThat(page.select("h1")).hasSize(1);
    int before = 0;
    for (Element heading : page.select("h1, h2, h3, h4, h5, h6")) {
      int level = Integer.parseInt(heading.tagName().substring(1));
      assertThat(level).as(heading.text()).isBetween(1, before + 1);
      assertThat(heading.text()).isNotBlank();
      before = level;
    }
  }

  @ParameterizedTest
  @MethodSource("reports")
  void idsAreUniqueAndLinksWithinThePageLeadSomewhere(Report report) {
    Document page = page(report);
    List<String> ids = page.select("[id]").eachAttr("id");
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(page.select("a[href^=#]")).isNotEmpty();
    for (Element link : page.select("a[href^=#]")) {
      assertThat(ids).contains(link.attr("href").substring(1));
    }
    for (Element section : page.select("[aria-labelledby]")) {
      assertThat(ids).contains(section.attr("aria-labelledby"));
    }
  }

  @ParameterizedTest
  @MethodSource("reports")
  void tablesHaveHeadersAndPicturesHaveWords(Report report) {
    Document page = page(report);
    assertThat(page.select("html").attr("lang")).isEqualTo("en");
    for (Element table : page.select("table")) {
      int columns = table.select("thead th[scope=col]").size();
      assertThat(columns).isPositive();
      for (Element row : table.select("tbody tr")) {
        assertThat(row.children()).as(row.text()).hasSize(columns);
        assertThat(row.select("th[scope=row]")).hasSize(1);
      }
    }
    for (Element picture : page.select("svg")) {
      assertThat(picture.attr("aria-label") + picture.attr("aria-hidden")).isNotEmpty();
    }
  }

  @Test
  void everyRequirementOfEverySubjectIsThereWithCasesWorstCaseAndBar() {
    Document page = page(SampleReport.failing());
    for (String subject : List.of("subject-0", "subject-1")) {
      for (Requirement requirement : Requirement.values()) {
        Element row =
            page.select("#" + subject + " tbody tr").stream()
                .filter(each -> each.select("th b").text().equals(requirement.name()))
                .findFirst()
                .orElseThrow();
        assertThat(row.text())
            .contains(requirement.title(), "12,345", "0.800", "case-" + requirement.name());
        assertThat(row.select(".bar").attr("style")).isEqualTo("--share:0.800");
      }
    }
  }

  @Test
  void namesAndMessagesAreTextWhateverTheyHold() {
    Document page = page(SampleReport.failing());
    assertThat(page.select("script")).isEmpty();
    assertThat(page.select("b:containsOwn(d)").eachText()).contains(SampleReport.AWKWARD);
    assertThat(page.select("#failures pre").eachText())
        .anySatisfy(text -> assertThat(text).contains("<script>alert('x')</script>&amp;"));
    assertThat(page.select("[href^=javascript]")).isEmpty();
    assertThat(page.select("#differences a").eachAttr("href"))
        .containsExactly("https://example.org/?a=1&b=2");
  }

  @Test
  void aFailureShowsItsFactsItsReplayAndItsFiles() throws IOException {
    SampleReport.leaveFiles(folder);
    Element failure = page(SampleReport.failing()).expectFirst("#failures article:contains(CAP)");
    assertThat(failure.select("dt").eachText())
        .containsExactly("requirement", "case", "expected", "actual");
    assertThat(failure.select("pre").text())
        .isEqualTo(
            "ci/conform --traces out/failures/%s-CAP/case.jsonl".formatted(SampleReport.AWKWARD));
    assertThat(failure.select("a").attr("href"))
        .isEqualTo("failures/o%3Cb%3E%22d%3C/b%3E&'d%20%231%3F-CAP/case.jsonl");
  }

  @Test
  void theVerdictStandsAtTheTopWithWhatWasCompared() {
    Document page = page(SampleReport.failing());
    assertThat(page.select("h1").text()).isEqualTo("ALI-G conformance: ✗ broken");
    assertThat(page.select("#compared").text())
        .contains("2.15.0", "2.4.0", "3.11.2", "cpu AVX2", "cd".repeat(32), "ab".repeat(32))
        .contains("Seed 7", "10 cases per property", "1 min 24 s")
        .contains(System.getProperty("java.runtime.version"));
    assertThat(page(SampleReport.conforming()).select("h1").text()).contains("✓ conforms");
  }

  @Test
  void ratiosOfAllWorkersAreDrawnForSubjectAndOracle() {
    Element figure = page(SampleReport.conforming()).expectFirst("#subject-0 figure");
    assertThat(figure.select("figcaption").text())
        .contains("nd4j: 1,234 numbers, under 0.1 % exact");
    assertThat(figure.select("rect.of-subject")).hasSizeGreaterThan(5);
    assertThat(figure.select("rect.of-oracle")).hasSizeGreaterThan(5);
    assertThat(figure.select("tbody tr:last-child").text()).isEqualTo("1 616 616");
  }

  @Test
  void pairsThatDidNotMeetAreMarkedAndNamed() {
    Document page = page(SampleReport.failing());
    assertThat(page.select("#subject-0 .matrix rect.missing")).isEmpty();
    assertThat(page.select("#subject-0 .matrix rect.met")).hasSizeGreaterThan(200);
    assertThat(page.select("#subject-1 .matrix rect.missing title").eachText())
        .containsExactly("CAP_HIT with BALL_HIT: did not meet");
    assertThat(page.select("#subject-1 details li").text()).contains("CAP_HIT with BALL_HIT");
  }

  @Test
  void trainedCasesShowWhatTheyUsedOfTheirAllowanceAndTheirCurves() throws IOException {
    Document page = page(SampleReport.conforming());
    assertThat(page.select("polyline")).isEmpty();
    assertThat(page.select(".cases h4").eachText()).containsExactly("mlp-0", "mlp-1");
    SampleReport.leaveFiles(folder);
    Element trained = page(SampleReport.conforming()).expectFirst(".cases li");
    assertThat(trained.text()).contains("mlp-0", "1.5e-13 of 3.0e-12", "used 0.250", "1.0e+00");
    assertThat(trained.select("polyline")).hasSize(2);
  }

  @Test
  void aTableThatIsNoCurveIsNotDrawn() throws IOException {
    SampleReport.leaveFiles(folder);
    Files.writeString(folder.resolve("trained").resolve("nd4j-mlp-0.csv"), "a,b\n1,2\n");
    assertThat(page(SampleReport.conforming()).select("polyline")).isEmpty();
  }

  @Test
  void theSameRunIsRepeatedByOneCommand() {
    assertThat(page(SampleReport.conforming()).select("#replay pre").text())
        .isEqualTo("ci/conform --subject nd4j --seed 7 --tries 10");
  }

  @Test
  void aMessageOfFactsIsToldFromAnyOther() {
    assertThat(FailureView.facts("where  step 1\nfound  a   b"))
        .containsExactly(new Page.Named("where", "step 1"), new Page.Named("found", "a   b"));
    assertThat(FailureView.facts("where  step 1\nat line 3")).isEmpty();
    assertThat(FailureView.facts("")).isEmpty();
  }
}
