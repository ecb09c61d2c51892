package dev.alig.benchmark.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  /** Says that a step takes so many µs, and writes down that it ran. */
  private record Fake(String name, double micros, List<String> diary) implements Competitor {
    @Override
    public Slice run(double seconds) {
      diary.add(name);
      long steps = (long) Math.max(1, seconds * 1e6 / micros);
      return new Slice(steps, steps * micros / 1e6);
    }

    @Override
    public void close() {
      diary.add("close " + name);
    }
  }

  private final List<String> diary = new ArrayList<>();

  @Test
  void everyoneHasASliceARoundAndAnotherBegins() {
    try (Turns turns = new Turns(new Pace(3, 0.001, 0.001))) {
      turns.add(new Fake("a", 10, diary));
      turns.add(new Fake("b", 20, diary));
      turns.add(new Fake("c", 30, diary));
      List<List<Double>> micros = turns.run();
      assertThat(micros).hasSize(3).allSatisfy(rounds -> assertThat(rounds).hasSize(3));
      assertThat(micros.get(1).get(0)).isEqualTo(20);
    }
    assertThat(diary)
        .endsWith("a", "b", "c", "b", "c", "a", "c", "a", "b", "close a", "close b", "close c");
  }

  @Test
  void aWarmUpEndsOnceItIsSteadyAndCompiled() {
    try (Turns turns = new Turns(new Pace(1, 0.05, 1000))) {
      turns.add(new Fake("a", 1, diary));
      turns.run();
    }
    // The first slice is progress, four are not; 50,000 steps a slice are enough for a compiler.
    assertThat(diary.stream().filter("a"::equals)).hasSize(5 + 1);
  }

  @Test
  void aWarmUpOfFewStepsEndsWithItsTime() {
    try (Turns turns = new Turns(new Pace(1, 0.05, 2))) {
      turns.add(new Fake("a", 125_000, diary));
      turns.run();
    }
    assertThat(diary.stream().filter("a"::equals)).hasSize(16 + 1);
  }

  @Test
  void whatIsDoneInThisThreadIsCountedAndTimed() {
    int[] steps = {0};
    InJvm competitor = new InJvm(() -> steps[0]++, () -> {});
    Slice first = competitor.run(0.001);
    Slice second = competitor.run(0.001);
    assertThat(first.steps() + second.steps()).isEqualTo(steps[0] - 2);
    assertThat(second.seconds()).isGreaterThanOrEqualTo(0.001);
  }

  @Test
  void aSliceIsNeverEmpty() {
    assertThatThrownBy(() -> new Slice(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Slice(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new Slice(4, 2).micros()).isEqualTo(500_000);
  }

  @Test
  void aPaceMeasuresSomething() {
    assertThatThrownBy(() -> new Pace(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rounds must be >= 1, was 0");
    assertThatThrownBy(() -> new Pace(1, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Pace(1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
