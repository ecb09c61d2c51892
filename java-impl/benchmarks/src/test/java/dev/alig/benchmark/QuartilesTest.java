package dev.alig.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuartilesTest {
  @Test
  void areThoseOfKnownSamples() {
    // R: quantile(c(7, 1, 3, 9, 5), c(.25, .5, .75), type = 7)
    assertThat(Quartiles.of(List.of(7.0, 1.0, 3.0, 9.0, 5.0))).isEqualTo(new Quartiles(3, 5, 7));
  }

  @Test
  void areInterpolatedBetweenSamples() {
    // R: quantile(c(1, 2, 3, 4), c(.25, .5, .75), type = 7)
    assertThat(Quartiles.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Quartiles(1.75, 2.5, 3.25));
  }

  @Test
  void ofOneSampleAreThatSample() {
    assertThat(Quartiles.of(List.of(2.5))).isEqualTo(new Quartiles(2.5, 2.5, 2.5));
  }

  @Test
  void ratiosAreTakenRoundByRound() {
    assertThat(Quartiles.ofRatios(List.of(2.0, 40.0, 9.0), List.of(1.0, 10.0, 3.0)))
        .isEqualTo(new Quartiles(2.5, 3, 3.5));
  }

  @Test
  void ratiosNeedAsManyOnBothSides() {
    assertThatThrownBy(() -> Quartiles.ofRatios(List.of(1.0, 2.0), List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 samples cannot be divided by 1");
  }

  @Test
  void mustBeNumbersInOrder() {
    assertThatThrownBy(() -> Quartiles.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Quartiles(2, 1, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Quartiles(1, Double.NaN, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
