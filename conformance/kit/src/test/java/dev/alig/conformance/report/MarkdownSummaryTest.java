package dev.alig.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownSummaryTest {
  @Test
  void aConformingRunIsATableAndAFewLines() {
    String summary = MarkdownSummary.of(SampleReport.conforming());
    assertThat(summary)
        .startsWith("## ALI-G conformance: conforms\n\n| optimizer |")
        .containsPattern("\\| nd4j \\| .* \\| 0 \\| 0 \\| 1 \\| [0-9,]+ \\| 0.800 \\|")
        .contains("torch 2.15.0", "seed 7, 10 cases per property")
        .doesNotContain("###");
  }

  @Test
  void aFailureIsQuotedAsItIs() {
    String summary = MarkdownSummary.of(SampleReport.failing());
    assertThat(summary)
        .contains("CAP: differs")
        .contains("```text\n" + SampleReport.FACTS + "\n```\n");
  }

  @Test
  void namesAreNoMarkupAndNoneBreaksTheTable() {
    String summary = MarkdownSummary.of(SampleReport.failing());
    assertThat(summary).contains("o\\<b\\>\"d\\</b\\>\\&'d \\#1?").contains("\\`code\\` \\| ");
    long unescaped =
        summary
            .lines()
            .filter(line -> line.startsWith("| o"))
            .flatMapToInt(line -> line.replaceAll("\\\\.", "").chars())
            .filter(c -> c == '|')
            .count();
    assertThat(unescaped).isEqualTo(2 * 9);
  }

  @Test
  void aFenceIsLongerThanAnyWithin() {
    Report report = SampleReport.empty();
    assertThat(MarkdownSummary.of(report)).contains("```text\nthe worker died of <script>");
    assertThat(MarkdownSummary.fence("a\n````\nb")).isEqualTo("`````");
    assertThat(MarkdownSummary.fence("a")).isEqualTo("```");
  }
}
