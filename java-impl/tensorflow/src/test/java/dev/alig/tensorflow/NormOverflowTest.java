package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** Gradients whose squared norm is more than their type holds. */
class NormOverflowTest {
  private record Taken(Model.Step step, boolean overflowed, double value) {}

  private static <T extends TNumber> Taken step(
      Class<T> type, double loss, double gradient, Consumer<AliGBuilder> settings) {
    try (Model<T> model = new Model<>(type, new double[] {1, 1})) {
      model.minimize(settings);
      boolean[] overflowed = new boolean[1];
      Model.Step step =
          model.stepFetching(
              model.optimizer().normOverflowed(), overflowed, loss, new double[] {gradient, 0});
      return new Taken(step, overflowed[0], model.values(0).get(0));
    }
  }

  @Test
  void aNormOf300InTFloat16GivesStep0AndSaysSo() {
    Taken taken = step(TFloat16.class, 5, 300, builder -> {});
    assertThat(taken.step().stepSizes()).containsExactly(0.0);
    assertThat(taken.step().gradientNorm()).isInfinite();
    assertThat(taken.overflowed()).isTrue();
    assertThat(taken.value()).isEqualTo(1);
  }

  @Test
  void aWideNormTakesThatStep() {
    Taken taken = step(TFloat16.class, 5, 300, builder -> builder.wideNorm(true));
    assertThat(taken.step().unclipped()).isEqualTo(5 / (90000 + 1e-5));
    assertThat(taken.step().gradientNorm()).isEqualTo(300);
    assertThat(taken.overflowed()).isFalse();
    // 1 - 300 * 5 / 90000 = 0.98333; three roundings to 11 bits of numbers below 1.
    assertThat(taken.value()).isCloseTo(1 - 300 * 5 / 90000.0, offset(3 * 0x1p-11));
  }

  @ParameterizedTest
  @CsvSource({"1e20, true", "1e18, false"})
  void otherTypesOverflowLater(double gradient, boolean overflowed) {
    Taken narrow = step(TFloat32.class, 1, gradient, builder -> {});
    assertThat(narrow.overflowed()).isEqualTo(overflowed);
    assertThat(step(TBfloat16.class, 1, gradient, builder -> {}).overflowed())
        .isEqualTo(overflowed);
    Taken wide = step(TFloat32.class, 1, gradient, builder -> builder.wideNorm(true));
    assertThat(wide.overflowed()).isFalse();
    assertThat(wide.step().gradientNorm()).isCloseTo(gradient, offset(gradient * 0x1p-23));
    assertThat(step(TFloat64.class, 1, 1e200, builder -> {}).overflowed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"Infinity", "NaN"})
  void aGradientThatIsNotFiniteIsNoOverflow(double gradient) {
    assertThat(step(TFloat16.class, 5, gradient, builder -> {}).overflowed()).isFalse();
  }

  @Test
  void aWideNormOverflowsTFloat64Alike() {
    assertThat(step(TFloat64.class, 1, 1e200, b -> b.wideNorm(true)).overflowed()).isTrue();
  }

  /**
   * Variables of norm 300 in a ball of 400: TFloat16's own norm is infinite, and sets them to 0.
   */
  @ParameterizedTest
  @CsvSource({"false, 0", "true, 300"})
  void theBallTakesTheWideNormAsWell(boolean wideNorm, double expected) {
    try (Model<TFloat16> model = new Model<>(TFloat16.class, new double[] {300})) {
      model.minimize(builder -> builder.l2Ball(400).wideNorm(wideNorm));
      assertThat(model.values(0)).containsExactly(expected);
    }
  }

  @Test
  void aWideNormProjectsOntoTheBall() {
    try (Model<TFloat16> model = new Model<>(TFloat16.class, new double[] {300, 400})) {
      model.minimize(builder -> builder.l2Ball(250).wideNorm(true));
      assertThat(model.values(0)).containsExactly(150.0, 200.0);
    }
  }

  @Test
  void withoutGradientsNothingOverflows() {
    try (Model<TFloat16> model = new Model<>(TFloat16.class, new double[] {1})) {
      model.minimize(builder -> builder.wideNorm(true), 0);
      boolean[] overflowed = {true};
      model.stepFetching(model.optimizer().normOverflowed(), overflowed, 5, (double[]) null);
      assertThat(overflowed[0]).isFalse();
    }
  }
}
