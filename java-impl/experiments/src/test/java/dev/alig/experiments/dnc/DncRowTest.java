package dev.alig.experiments.dnc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DncRowTest {
  private static DncRow row(String optimizer, double rate, int steps, double norm) {
    return new DncRow(optimizer, rate, steps, norm, "source", Map.of());
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> row("lion", 1, 1, 1))
        .withMessage(
            "optimizer must be one of alig, sgd, nag, adam, adagrad, rmsprop, was \"lion\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> row("sgd", Double.NaN, 1, 1))
        .withMessage("learning_rate must be > 0, was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> row("sgd", Double.POSITIVE_INFINITY, 1, 1))
        .withMessage("learning_rate of sgd must be finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> row("sgd", 1, 0, 1))
        .withMessage("steps must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> row("sgd", 1, 1, Double.NaN))
        .withMessage("max_gradient_norm must be > 0, was NaN");
  }

  @Test
  void thePapersModelHasAsManyParametersAsTheAuthors() {
    long count =
        DncSizes.ofPaper(4).parameters().values().stream()
            .mapToLong(shape -> shape.length == 2 ? (long) shape[0] * shape[1] : shape[0])
            .sum();
    assertThat(count).isEqualTo(43_980);
  }
}
