package dev.alig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepReportTest {
  private static StepReport of(List<Double> stepSizes) {
    return new StepReport(StepReport.Outcome.TAKEN, 1, 2, stepSizes, 3, false);
  }

  @Test
  void averagesTheStepSizes() {
    assertThat(of(List.of(0.1, 0.2, 0.6)).meanStepSize()).isEqualTo((0.1 + 0.2 + 0.6) / 3);
  }

  @Test
  void startsTheMeanFromPositiveZero() {
    assertThat(of(List.of(-0.0)).meanStepSize()).isEqualTo(Double.valueOf(0.0));
  }

  @Test
  void aNormThatOverflowsLaterChangesNothingElse() {
    StepReport report = of(List.of(0.5));
    assertThat(report.withNormOverflowed())
        .isEqualTo(new StepReport(StepReport.Outcome.TAKEN, 1, 2, List.of(0.5), 3, true));
  }

  @Test
  void keepsItsOwnCopyOfTheStepSizes() {
    List<Double> sizes = new ArrayList<>(List.of(0.5));
    StepReport report = of(sizes);
    sizes.set(0, 9.0);
    assertThat(report.stepSizes()).containsExactly(0.5);
  }
}
