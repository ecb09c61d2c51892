package dev.alig.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void metricsOfNoExampleOrWithoutALossAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Metrics(0, Map.of(Metrics.LOSS, 1.0)))
        .withMessage("examples must be >= 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Metrics(1, Map.of(Metrics.ACCURACY, 1.0)))
        .withMessage("values must have a loss, had [accuracy]");
  }

  @Test
  void theLossIsFoundByItsName() {
    assertThat(new Metrics(2, Map.of(Metrics.LOSS, 0.25)).loss()).isEqualTo(0.25);
  }
}
