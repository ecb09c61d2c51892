package dev.alig.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

class ContenderTest {
  private static final int STEPS = 3;

  static Stream<Arguments> aliGs() {
    return Stream.of(
            Contender.OURS,
            Contender.OURS_BALL,
            Contender.OURS_MANY,
            Contender.OP_BY_OP,
            Contender.OURS_TENSORFLOW,
            Contender.OURS_RESOURCE)
        .flatMap(contender -> settings(contender).map(setting -> Arguments.of(contender, setting)));
  }

  private static Stream<Setting> settings(Contender contender) {
    Setting base = Setting.base(contender == Contender.OURS_MANY ? 1_000_000 : 1000);
    return Stream.of(base, base.inDouble(), base.withBall(), base.inDouble().withBall())
        .filter(contender::fits);
  }

  static Stream<Arguments> nesterovs() {
    return Stream.of(Contender.TENSORFLOW_FLOOR, Contender.TENSORFLOW_MOMENTUM)
        .flatMap(contender -> settings(contender).map(setting -> Arguments.of(contender, setting)));
  }

  @ParameterizedTest
  @MethodSource("aliGs")
  void takesTheStepsOfTheFormula(Contender contender, Setting setting) {
    assertSteps(contender, setting, Formula::aliG);
  }

  @Test
  void ndjsUpdaterTakesTheStepsOfItsFormula() {
    assertSteps(Contender.NESTEROVS, Setting.base(1000), Formula::updater);
  }

  @ParameterizedTest
  @MethodSource("nesterovs")
  void theKernelsOfTensorFlowTakeTheStepsOfTheirFormula(Contender contender, Setting setting) {
    assertSteps(contender, setting, formula -> formula.nesterov(OnTensorFlow.STEP_SIZE));
  }

  @ParameterizedTest
  @EnumSource(names = {"PASS_UPDATE", "PASS_UPDATE_AND_NORM"})
  void thePassOfTheUpdateTakesTheStepsOfItsFormula(Contender pass) {
    assertSteps(pass, Setting.base(1000), formula -> formula.nesterov(OnNd4j.STEP_SIZE));
  }

  @Test
  void thePassOfTheNormMovesNothing() {
    try (Stepper stepper = Contender.PASS_NORM.open(Setting.base(1000))) {
      double[] start = stepper.parameters();
      step(stepper);
      assertThat(stepper.parameters()).containsExactly(start);
    }
  }

  private static void step(Stepper stepper) {
    ((Stepper.InJvm) stepper).step();
  }

  /**
   * All numbers are below 1 and a step moves them by less than 0.01. Of some 10 roundings per step
   * each loses u at most; and the step size, whose norm is off by some hundred u at worst for a
   * thousand elements, 0.01 of that.
   */
  private static void assertSteps(Contender contender, Setting setting, Consumer<Formula> step) {
    Formula formula = new Formula(setting);
    double[] start = formula.parameters().clone();
    try (Stepper stepper = contender.open(setting)) {
      for (int i = 0; i < STEPS; i++) {
        step(stepper);
        step.accept(formula);
      }
      double tolerance = 64 * (setting.type() == DataType.FLOAT ? 0x1p-24 : 0x1p-53);
      double[] actual = stepper.parameters();
      assertThat(distance(actual, formula.parameters())).isLessThanOrEqualTo(tolerance);
      assertThat(actual[1]).isNotCloseTo(start[1], within(100 * tolerance));
    }
  }

  /** The largest, NaN if one is; an array of other length fails. */
  private static double distance(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
    }
    return largest;
  }

  @Test
  void manyStepsLeaveAllNumbersOrdinary() {
    Setting setting = Setting.base(1000);
    for (Contender contender : Contender.values()) {
      if (!contender.isPython() && contender.fits(setting)) {
        try (Stepper stepper = contender.open(setting)) {
          for (int i = 0; i < 2000 && stepper instanceof Stepper.InJvm; i++) {
            step(stepper);
          }
          for (double value : stepper.parameters()) {
            assertThat(Math.abs(value)).as(contender.label()).isBetween(1e-30, 1e6);
          }
        }
      }
    }
  }

  @Test
  void aContenderRefusesASettingThatDoesNotFit() {
    assertThatThrownBy(() -> Contender.OURS_MANY.open(Setting.base(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ours-many cannot step here on Setting[n=10");
    assertThatThrownBy(() -> Contender.TORCH.open(Setting.base(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("torch cannot step here on Setting[n=10");
  }

  @Test
  void aSettingOutOfRangeIsRefused() {
    assertThatThrownBy(() -> Setting.base(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("n must be in [1, 100000000], was 0");
    assertThatThrownBy(() -> new Setting(1, DataType.BOOL, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("type must be FLOAT or DOUBLE, was BOOL");
  }

  @Test
  void theDataAreSpreadOverTheInterval() {
    double[] values = Setting.base(1000).gradients();
    long[] counts = new long[10];
    Arrays.stream(values).forEach(value -> counts[(int) Math.floor((value + 0.5) * 10)]++);
    // Neighbours are multiples of the golden section apart, so that no tenth has much more.
    assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - 100) <= 3);
  }
}
