package dev.alig.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {
  @Test
  void textFromOutsideIsNoMarkup() {
    assertThat(Markdown.escaped("`<b>|x|</b> [a](b) & *c*"))
        .isEqualTo("\\`\\<b\\>\\|x\\|\\</b\\> \\[a\\](b) \\& \\*c\\*");
  }

  @Test
  void itStaysInItsLine() {
    assertThat(Markdown.escaped("a\r\n# b\u2028c\u202ed\u0085e")).isEqualTo("a \\# b c d e");
  }
}
