package dev.alig.experiments.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Steps that can be worked out by hand; the gate compares many with PyTorch. */
class FlatOptimizerTest {
  @Test
  void arraysOfAnotherLengthAreRefusedAndNothingChanges() {
    Sgd sgd = new Sgd(Format.DOUBLE, 2, 0.9, true, 0);
    double[] w = {1, 2};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sgd.step(1, 0.1, w, new double[3]))
        .withMessage("the optimizer has 2 parameters; given were 2 and a gradient of 3");
    assertThat(w).containsExactly(1, 2);
    assertThat(sgd.numbers()).containsEntry(FlatOptimizer.STEPS, 0.0);
  }

  @Test
  void settingsOutOfTheirRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adam(Format.FLOAT, 1, 0.9, 1, 1e-8, 0, false))
        .withMessage("beta2 must be >= 0 and < 1, was 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dfw(Format.FLOAT, 1, 0.9, Double.NaN, 1e-5))
        .withMessage("decay must be >= 0, was NaN");
  }

  @Test
  void aFloatOptimizerHoldsFloats() {
    Yogi yogi = new Yogi(Format.FLOAT, 1, 0.9, 0.999, 1e-3, 0.1);
    double[] w = {1};
    yogi.step(1, 0.1, w, new double[] {0.5f});
    assertThat(w[0]).isEqualTo((float) w[0]).isLessThan(1);
    yogi.vectors().values().forEach(v -> assertThat(v[0]).isEqualTo((float) v[0]));
  }

  @Test
  void theStepOfDfwIsClippedToTheDualsRange() {
    for (double[] lossAndEnd : new double[][] {{100, 2}, {1, 2.5}, {-1, 3}}) {
      double[] w = {3};
      new Dfw(Format.DOUBLE, 1, 0, 0, 0).step(lossAndEnd[0], 0.5, w, new double[] {2});
      assertThat(w[0]).isEqualTo(lossAndEnd[1]);
    }
  }

  @Test
  void bpGradMovesWithoutMomentum() {
    double[] w = {3};
    new BpGrad(Format.DOUBLE, 1, 0, 0, 0).step(2, 0.5, w, new double[] {4});
    assertThat(w[0]).isEqualTo(2);
  }

  @Test
  void theLowestLossOfL4IsForgottenSlowly() {
    L4 l4 = new L4(Format.DOUBLE, 1, false, 0);
    double[] w = {3};
    l4.step(4, 0.15, w, new double[] {2});
    assertThat(w[0]).isCloseTo(3 - 0.15 * (4 - 0.9 * 3) / 4 * 2, within(1e-12));
    assertThat(l4.numbers().get(L4.LOWEST_LOSS)).isCloseTo(3.003, within(1e-12));
    l4.step(1, 0.15, w, new double[] {2});
    assertThat(l4.numbers().get(L4.LOWEST_LOSS)).isCloseTo(1.001, within(1e-12));
  }
}
