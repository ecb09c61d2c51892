package dev.alig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @ParameterizedTest
  @ValueSource(doubles = {-1e-300, Double.NEGATIVE_INFINITY, Double.NaN})
  void refusesAnEpsBelowZero(double eps) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.builder().eps(eps).build())
        .withMessageContaining("eps must be >= 0, was " + eps);
  }

  @Test
  void acceptsAnEpsOfZero() {
    assertThat(Settings.builder().eps(0).build().eps()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN})
  void refusesALowerBoundThatIsNotFinite(double bound) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.builder().lowerBound(bound).build())
        .withMessageContaining("lowerBound must be finite, was " + bound);
  }

  @Test
  void defaultsToTheOriginalWithEveryExtensionOff() {
    assertThat(Settings.DEFAULT)
        .isEqualTo(
            new Settings(
                1e-5,
                MomentumForm.STANDARD,
                L2Ball.UNBOUNDED,
                0,
                NegativeLoss.ASCEND,
                NonFinite.PROPAGATE,
                LearningRateSchedule.CONSTANT,
                false));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void normsHaveTheTensorsPrecisionUnlessTheyAreWide(Precision tensors) {
    assertThat(Settings.DEFAULT.normPrecision(tensors)).isEqualTo(tensors);
    assertThat(Settings.builder().wideNorm(true).build().normPrecision(tensors))
        .isEqualTo(Precision.DOUBLE);
  }

  @Test
  void survivesTheWayThroughItsBuilder() {
    Settings settings =
        new Settings(
            0.5,
            MomentumForm.ADJUSTED,
            new L2Ball(7),
            -2,
            NegativeLoss.STOP,
            NonFinite.SKIP,
            (step, cap) -> cap / 2,
            true);
    assertThat(settings.toBuilder().build()).isEqualTo(settings);
  }
}
