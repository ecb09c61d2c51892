package dev.alig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupSettingsTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, -1, Double.NEGATIVE_INFINITY, Double.NaN})
  void refusesACapThatIsNotPositive(double cap) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupSettings(cap, 0))
        .withMessageContaining("maxLearningRate must be > 0, was " + cap);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-300, -1, Double.NaN})
  void refusesAMomentumBelowZero(double momentum) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupSettings(1, momentum))
        .withMessageContaining("momentum must be >= 0, was " + momentum);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.5, 100})
  void acceptsMomentumFromOneOnAsTheOriginalDoes(double momentum) {
    assertThatNoException().isThrownBy(() -> new GroupSettings(0.1, momentum));
  }

  @Test
  void hasNeitherCapNorMomentumByDefault() {
    assertThat(GroupSettings.DEFAULT.maxLearningRate()).isEqualTo(GroupSettings.UNCAPPED);
    assertThat(GroupSettings.DEFAULT.hasMomentum()).isFalse();
  }

  @Test
  void keepsABufferAsSoonAsMomentumIsNotZero() {
    assertThat(new GroupSettings(1, Double.MIN_VALUE).hasMomentum()).isTrue();
  }
}
