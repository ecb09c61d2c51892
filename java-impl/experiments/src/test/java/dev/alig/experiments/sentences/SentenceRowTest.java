package dev.alig.experiments.sentences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceRowTest {
  private static SentenceRow row(
      String optimizer, double rate, String loss, int hidden, double ball, double clip) {
    return new SentenceRow(optimizer, rate, loss, hidden, 5, ball, clip, 6, 5, "none", Map.of());
  }

  @Test
  void theTitleTellsRowsApart() {
    double none = Double.POSITIVE_INFINITY;
    assertThat(row("alig", 1, "hinge", 64, 5, none).title())
        .isEqualTo("InferSent-64 hinge, ball 5");
    assertThat(row("alig", 1, "cross_entropy", 64, none, none).title())
        .isEqualTo("InferSent-64 cross-entropy, no ball");
    assertThat(row("adam", 1, "hinge", 64, none, 5).title()).isEqualTo("InferSent-64 hinge");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lion|1|hinge|8|5|5|optimizer must be alig or adam, was lion",
        "alig|NaN|hinge|8|5|5|learning_rate must be > 0, was NaN",
        "alig|1|svm|8|5|5|loss must be cross_entropy or hinge, was svm",
        "alig|1|hinge|0|5|5|hidden must be >= 1, was 0",
        "alig|1|hinge|8|0|5|ball must be > 0, was 0.0",
        "adam|1|hinge|8|5|-1|clip must be > 0, was -1.0"
      })
  void valuesOutOfRangeAreNamed(
      String optimizer,
      double rate,
      String loss,
      int hidden,
      double ball,
      double clip,
      String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> row(optimizer, rate, loss, hidden, ball, clip))
        .withMessage(message);
  }
}
