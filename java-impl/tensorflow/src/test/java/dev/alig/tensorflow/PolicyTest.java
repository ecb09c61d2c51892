package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.NegativeLoss;
import dev.alig.NonFinite;
import dev.alig.Settings;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.types.TFloat32;

/** Losses below their bound, and values that are NaN or infinite. */
class PolicyTest {
  private final Model<TFloat32> model = new Model<>(TFloat32.class, new double[] {1, 2});

  @AfterEach
  void close() {
    model.close();
  }

  private void minimize(Settings.Builder settings) {
    model.minimize(b -> b.settings(settings.build()).maxLearningRate(0.25).momentum(0.5));
    // A momentum of (-0.25, -0.25), and w = (1, 2) + 1.5 times that.
    model.step(1000, new double[] {1, 1});
    assertUnchanged();
  }

  private void assertUnchanged() {
    assertThat(model.values(0)).containsExactly(0.625, 1.625);
    assertThat(model.momentum(0)).containsExactly(-0.25, -0.25);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(double loss, double g) {
    var refused = assertThatThrownBy(() -> model.step(loss, new double[] {1, g}));
    assertUnchanged();
    return refused;
  }

  @Test
  void aNegativeLossAscendsUnlessToldOtherwise() {
    model.minimize(builder -> builder.eps(0).maxLearningRate(0.25));
    assertThat(model.step(-4, new double[] {1, 1}).stepSizes()).containsExactly(-2.0);
    assertThat(model.values(0)).containsExactly(3.0, 4.0);
  }

  @Test
  void aLossBelowItsBoundStopsWhereStopIsChosen() {
    minimize(Settings.builder().negativeLoss(NegativeLoss.STOP).lowerBound(2));
    Model.Step step = model.step(1.5, new double[] {1, 1});
    assertThat(step.stepSizes()).containsExactly(0.0);
    assertThat(step.unclipped()).isNegative();
    // Standard momentum still moves: v = -0.125.
    assertThat(model.momentum(0)).containsExactly(-0.125, -0.125);
    assertThat(model.values(0)).containsExactly(0.5625, 1.5625);
  }

  @Test
  void aLossAtItsBoundDoesNotStop() {
    minimize(Settings.builder().negativeLoss(NegativeLoss.REFUSE).lowerBound(2));
    assertThat(model.step(2, new double[] {1, 1}).stepSizes()).containsExactly(0.0);
  }

  @Test
  void aLossBelowItsBoundIsRefusedWhereRefuseIsChosen() {
    minimize(Settings.builder().negativeLoss(NegativeLoss.REFUSE).lowerBound(2));
    assertRefused(1.5, 1)
        .hasMessageContaining("loss must be >= its lower bound 2.0; lower the bound, or choose")
        .hasMessageContaining("loss was")
        .hasMessageContaining("1.5");
  }

  /** TensorFlow rewrites "not less" into "greater or equal", which NaN is not. */
  @Test
  void aLossThatIsNanIsNotBelowItsBound() {
    minimize(Settings.builder().negativeLoss(NegativeLoss.REFUSE));
    assertThat(model.step(Double.NaN, new double[] {1, 1}).stepSizes()).containsExactly(Double.NaN);
  }

  @Test
  void theBoundIsSubtractedFromTheLoss() {
    model.minimize(builder -> builder.eps(0).lowerBound(3));
    assertThat(model.step(4, new double[] {1, 1}).unclipped()).isEqualTo(0.5);
  }

  @Test
  void nanReachesTheVariablesUnlessToldOtherwise() {
    minimize(Settings.builder());
    assertThat(model.step(Double.NaN, new double[] {1, 1}).stepSizes()).containsExactly(Double.NaN);
    assertThat(model.values(0)).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void anInfiniteLossIsCapped() {
    minimize(Settings.builder());
    assertThat(model.step(Double.POSITIVE_INFINITY, new double[] {1, 1}).stepSizes())
        .containsExactly(0.25);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aLossThatIsNotFiniteIsSkippedWhereSkipIsChosen(double loss) {
    minimize(Settings.builder().nonFinite(NonFinite.SKIP));
    Model.Step step = model.step(loss, new double[] {1, 1});
    assertThat(step.stepSizes()).containsExactly(0.0);
    assertThat(step.mean()).isEqualTo(0.0);
    assertThat(step.unclipped()).isNotFinite();
    assertUnchanged();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aGradientThatIsNotFiniteIsSkippedWhereSkipIsChosen(double element) {
    minimize(Settings.builder().nonFinite(NonFinite.SKIP));
    assertThat(model.step(1, new double[] {1, element}).stepSizes()).containsExactly(0.0);
    assertUnchanged();
  }

  @Test
  void aStepAfterASkippedOneIsTaken() {
    minimize(Settings.builder().nonFinite(NonFinite.SKIP));
    model.step(Double.NaN, new double[] {1, 1});
    assertThat(model.step(1000, new double[] {1, 1}).stepSizes()).containsExactly(0.25);
    assertThat(model.momentum(0)).containsExactly(-0.375, -0.375);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void aLossThatIsNotFiniteIsRefusedWhereRefuseIsChosen(double loss) {
    minimize(Settings.builder().nonFinite(NonFinite.REFUSE));
    assertRefused(loss, 1)
        .hasMessageContaining("loss and gradients must be finite; choose NonFinite.SKIP to skip");
  }

  @Test
  void aGradientThatIsNotFiniteIsRefusedWhereRefuseIsChosen() {
    minimize(Settings.builder().nonFinite(NonFinite.REFUSE));
    assertRefused(1, Double.NaN).hasMessageContaining("loss and gradients must be finite");
  }

  /** The squares overflow, but no element is infinite. */
  @Test
  void aHugeGradientIsFinite() {
    minimize(Settings.builder().nonFinite(NonFinite.REFUSE));
    Model.Step step = model.step(1, new double[] {0x1p100, 1});
    assertThat(step.stepSizes()).containsExactly(0.0);
    assertThat(step.gradientNorm()).isInfinite();
  }

  @Test
  void aLossThatIsNotFiniteIsSkippedBeforeANegativeOneIsRefused() {
    minimize(Settings.builder().nonFinite(NonFinite.SKIP).negativeLoss(NegativeLoss.REFUSE));
    assertThat(model.step(Double.NEGATIVE_INFINITY, new double[] {1, 1}).stepSizes())
        .containsExactly(0.0);
    assertUnchanged();
  }
}
