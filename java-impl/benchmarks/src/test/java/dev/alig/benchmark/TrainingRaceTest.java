package dev.alig.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.benchmark.TrainingRace.Result;
import dev.alig.benchmark.TrainingRace.TrainingOptimizer;
import dev.alig.benchmark.Turns.Pace;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingRaceTest {
  private static final int STEPS = 3;

  static Stream<Arguments> trainings() {
    return TrainingRace.all().stream()
        .flatMap(race -> Stream.of(TrainingOptimizer.values()).map(o -> Arguments.of(race, o)));
  }

  /** A step that did not train would be timed too short. */
  @ParameterizedTest
  @MethodSource("trainings")
  void everyOptimizerLowersTheLoss(TrainingRace race, TrainingOptimizer optimizer) {
    try (Training training = race.trained().apply(optimizer)) {
      training.step();
      double first = training.loss();
      for (int i = 0; i < STEPS; i++) {
        training.step();
      }
      assertThat(training.loss()).isBetween(0.0, 0.999 * first);
    }
  }

  @Test
  void timesAllOptimizers() {
    Result result = TrainingRace.all().get(0).run(new Pace(2, 0.001, 0.001));
    assertThat(result.micros()).hasSize(TrainingOptimizer.values().length);
    assertThat(result.micros().values()).allMatch(each -> each.size() == 2);
  }

  @Test
  void theTableHasTimesAndRatios() {
    Result result =
        new Result(
            "some network",
            Map.of(
                TrainingOptimizer.ALI_G, List.of(1000.0, 1200.0, 1400.0),
                TrainingOptimizer.NESTEROV, List.of(1000.0, 1000.0, 1000.0),
                TrainingOptimizer.ADAM, List.of(2000.0, 2000.0, 2000.0)));
    assertThat(TrainingRace.table(List.of(result)))
        .contains("| some network | 1,200 | 1,000 | 2,000 | 1.20 (1.10–1.30) | 0.60 (0.55–0.65) |");
    assertThat(TrainingRace.table(List.of())).isEmpty();
  }
}
