package dev.alig.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.benchmark.Stepper.Slice;
import dev.alig.benchmark.Turns.Pace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  /** Says that a step takes so many µs, and writes down that it ran. */
  private record Fake(String name, double micros, List<String> diary) implements Stepper {
    @Override
    public Slice run(double seconds) {
      diary.add(name);
      long steps = (long) Math.max(1, seconds * 1e6 / micros);
      return new Slice(steps, steps * micros / 1e6);
    }
  }

  /** Each slice takes one µs per step more than the one before. */
  private static final class Slower implements Stepper {
    private int slices;

    @Override
    public Slice run(double seconds) {
      slices++;
      return new Slice(10_000, slices / 100.0);
    }
  }

  private final List<String> diary = new ArrayList<>();

  @Test
  void everyoneHasOneSlicePerRoundAndAnotherBegins() {
    List<Stepper> three =
        List.of(new Fake("a", 10, diary), new Fake("b", 20, diary), new Fake("c", 40, diary));
    List<List<Double>> micros = Turns.run(three, new Pace(3, 0.001, 0.001));
    assertThat(micros)
        .containsExactly(
            List.of(10.0, 10.0, 10.0), List.of(20.0, 20.0, 20.0), List.of(40.0, 40.0, 40.0));
    assertThat(diary).endsWith("a", "b", "c", "b", "c", "a", "c", "a", "b");
  }

  @Test
  void timesStayInTheOrderOfTheRounds() {
    List<List<Double>> micros =
        Turns.run(List.of(new Slower(), new Slower(), new Slower()), new Pace(4, 1, 0.001));
    // One slice is the warm-up.
    assertThat(micros).allSatisfy(rounds -> assertThat(rounds).containsExactly(2.0, 3.0, 4.0, 5.0));
  }

  @Test
  void aWarmUpEndsOnceItIsSteadyAndCompiled() {
    Turns.run(List.of(new Fake("a", 1, diary)), new Pace(1, 0.05, 1000));
    // The first slice is progress, four are not; 50,000 steps per slice are enough for a compiler.
    assertThat(diary).hasSize(5 + 1);
  }

  @Test
  void aWarmUpOfFewStepsEndsWithItsTime() {
    Turns.run(List.of(new Fake("a", 125_000, diary)), new Pace(1, 0.05, 2));
    assertThat(diary).hasSize(16 + 1);
  }

  @Test
  void whatIsDoneInThisJvmIsCountedAndTimed() {
    int[] steps = {0};
    Stepper.InJvm stepper =
        new Stepper.InJvm() {
          @Override
          void step() {
            steps[0]++;
          }
        };
    Slice first = stepper.run(0.001);
    Slice second = stepper.run(0.001);
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
