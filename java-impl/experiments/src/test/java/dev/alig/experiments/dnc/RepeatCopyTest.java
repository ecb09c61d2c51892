package dev.alig.experiments.dnc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alig.experiments.Randomness;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RepeatCopyTest {
  /** One sequence of two patterns said twice; only their bits are random. */
  @Test
  void aSequenceIsShownAndThenAskedFor() {
    RepeatCopy task = new RepeatCopy(2, 2, 2, 2, 2, 1);
    RepeatCopy.Batch batch = task.draw(Randomness.of(1, "batch", 0));
    double[] shown = batch.observations();
    double a = shown[4];
    double b = shown[5];
    double c = shown[8];
    double d = shown[9];
    assertThat(new double[] {a, b, c, d}).containsAnyOf(0, 1);
    assertThat(shown)
        .containsExactly(
            0, 0, 1, 0, a, b, 0, 0, c, d, 0, 0, 0, 0, 0, 0.2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0);
    assertThat(batch.targets())
        .containsExactly(
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, a, b, 0, c, d, 0, a, b, 0, c, d, 0, 0, 0, 1);
    assertThat(batch.mask()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 1);
  }

  @Test
  void everyLengthAndRepeatOccursAndFits() {
    RepeatCopy task = RepeatCopy.ofPaper();
    assertThat(task.steps()).isEqualTo(9);
    boolean[] counts = new boolean[6];
    for (int index = 0; index < 20; index++) {
      double[] mask = task.draw(Randomness.of(1, "batch", index)).mask();
      for (int sequence = 0; sequence < task.batch(); sequence++) {
        int counted = 0;
        for (int step = 0; step < task.steps(); step++) {
          counted += (int) mask[step * task.batch() + sequence];
        }
        counts[counted] = true;
      }
    }
    // Length times repeats, and the end flag: 1, 2 or 4, and 1.
    assertThat(counts).containsExactly(false, false, true, true, false, true);
  }

  @Test
  void aBatchFollowsFromSeedAndIndex() {
    RepeatCopy task = RepeatCopy.ofPaper();
    double[] first = task.draw(Randomness.of(1, "batch", 5)).observations();
    assertThat(task.draw(Randomness.of(1, "batch", 5)).observations()).isEqualTo(first);
    assertThat(task.draw(Randomness.of(1, "batch", 6)).observations()).isNotEqualTo(first);
    assertThat(task.draw(Randomness.of(2, "batch", 5)).observations()).isNotEqualTo(first);
    assertThat(Arrays.stream(first).distinct()).contains(0.1, 0.2);
  }

  @Test
  void rangesOutOfOrderAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepeatCopy(4, 2, 1, 1, 2, 16))
        .withMessage("lengths and repeats must be >= 1 and in order, were 2 to 1 and 1 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepeatCopy(0, 1, 2, 1, 2, 16))
        .withMessage("bits and batch must be >= 1, were 0 and 16");
  }
}
