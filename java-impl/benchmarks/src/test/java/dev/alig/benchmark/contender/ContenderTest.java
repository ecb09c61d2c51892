package dev.alig.benchmark.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alig.conformance.DType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContenderTest {
  private static final int STEPS = 3;

  /** Contenders that are no ALI-G. */
  private static final Set<Contender> OTHERS =
      EnumSet.of(Contender.NESTEROVS, Contender.TENSORFLOW_FLOOR, Contender.PROBE);

  static Stream<Arguments> aliGs() {
    return Arrays.stream(Contender.values())
        .filter(contender -> !contender.isPython() && !Contender.passes().contains(contender))
        .filter(contender -> !OTHERS.contains(contender))
        .flatMap(contender -> settings(contender).map(s -> Arguments.of(contender, s)));
  }

  private static Stream<Setting> settings(Contender contender) {
    int n = contender == Contender.OURS_MANY ? 1_000_000 : 1000;
    return Stream.of(DType.values())
        .flatMap(
            dtype ->
                Stream.of(Momentum.values())
                    .flatMap(
                        momentum ->
                            Stream.of(false, true)
                                .map(ball -> new Setting(n, dtype, momentum, ball))))
        .filter(contender::fits);
  }

  @ParameterizedTest
  @MethodSource("aliGs")
  void takesTheStepsOfTheFormula(Contender contender, Setting setting) {
    Formula formula = new Formula(setting.n());
    assertSteps(contender, setting, formula, f -> f.aliG(setting));
  }

  @Test
  void ndjsUpdaterTakesTheStepsOfItsFormula() {
    double momentum = Momentum.STANDARD.factor();
    assertSteps(
        Contender.NESTEROVS,
        Setting.base(1000),
        new Formula(1000),
        f -> f.updater(1 - momentum, momentum));
  }

  @ParameterizedTest
  @MethodSource("floors")
  void theFloorTakesTheStepsOfItsFormula(Setting setting) {
    assertSteps(
        Contender.TENSORFLOW_FLOOR,
        setting,
        new Formula(setting.n()),
        f -> f.nesterov(TensorFlowFloor.learningRate(), setting.momentum().factor()));
  }

  static Stream<Setting> floors() {
    return settings(Contender.TENSORFLOW_FLOOR);
  }

  @ParameterizedTest
  @EnumSource(names = {"PASS_UPDATE", "PASS_UPDATE_AND_NORM"})
  void thePassOfTheUpdateTakesTheStepsOfItsFormula(Contender pass) {
    assertSteps(
        pass,
        Setting.base(1000),
        new Formula(1000),
        f -> f.nesterov(Pass.stepSize(), Momentum.STANDARD.factor()));
  }

  @Test
  void thePassOfTheNormMovesNothing() {
    try (Stepper stepper = Contender.PASS_NORM.open(Setting.base(1000))) {
      double[] start = stepper.parameters();
      stepper.step();
      assertThat(stepper.parameters()).containsExactly(start);
    }
  }

  /**
   * All numbers are below 1 and a step moves them by less than 0.01. Of some 10 roundings a step
   * each loses u at most; and the step size, whose norm is off by some hundred u at worst for a
   * thousand elements, 0.01 of that.
   */
  private static void assertSteps(
      Contender contender, Setting setting, Formula formula, Consumer<Formula> step) {
    double[] start = formula.parameters().clone();
    try (Stepper stepper = contender.open(setting)) {
      for (int i = 0; i < STEPS; i++) {
        stepper.step();
        step.accept(formula);
      }
      double tolerance = 64 * setting.dtype().unitRoundoff();
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
    for (Contender contender : Contender.values()) {
      Setting setting = Setting.base(1000);
      if (!contender.isPython() && contender.fits(setting)) {
        try (Stepper stepper = contender.open(setting)) {
          for (int i = 0; i < 2000; i++) {
            stepper.step();
          }
          for (double value : stepper.parameters()) {
            assertThat(Math.abs(value)).as(contender.word()).isBetween(1e-30, 1e6);
          }
        }
      }
    }
  }

  @Test
  void aNameThatIsNoneIsAnsweredWithThoseThereAre() {
    assertThatThrownBy(() -> Contender.of("sgd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no contender sgd; there are [torch, ours, probe,");
  }

  @Test
  void everyNameIsThatOfItsContender() {
    for (Contender contender : Contender.values()) {
      assertThat(Contender.of(contender.word())).isEqualTo(contender);
    }
  }

  @Test
  void torchCannotBeOpenedHere() {
    assertThatThrownBy(() -> Contender.TORCH.open(Setting.base(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("torch runs in Python, not in this JVM");
  }

  @Test
  void aContenderRefusesASettingThatDoesNotFit() {
    assertThatThrownBy(() -> Contender.OURS_MANY.open(Setting.base(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ours-many cannot step on Setting[n=10");
  }

  @Test
  void aSettingHasParameters() {
    assertThatThrownBy(() -> Setting.base(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("n must be >= 1, was 0");
  }
}
