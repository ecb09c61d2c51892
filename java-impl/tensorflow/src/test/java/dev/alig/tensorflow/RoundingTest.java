package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import dev.alig.Precision;
import dev.alig.Settings;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** Gradients of full length, whose sum of squares depends on the order of summation. */
class RoundingTest {
  private static final int ELEMENTS = 1000;

  /**
   * The elements' squares, their sum, loss, bound, eps, denominator and quotient round once each.
   */
  private static final int ROUNDINGS = 2 * ELEMENTS + 6;

  private final Random random = new Random(11);

  @ParameterizedTest
  @EnumSource
  void floatsRoundEachOperationOnce(MomentumForm form) {
    compare(TFloat32.class, form, 0x1p-24);
  }

  @ParameterizedTest
  @EnumSource
  void doublesRoundEachOperationOnce(MomentumForm form) {
    compare(TFloat64.class, form, 0x1p-53);
  }

  /** √(3/16) squares to another number than 3/16 once it was rounded, in either format. */
  @ParameterizedTest
  @ValueSource(classes = {TFloat16.class, TBfloat16.class})
  <T extends TNumber> void halvesRoundANormBeforeItIsSquared(Class<T> type) {
    Precision precision = Twin.precision(type);
    double norm = precision.round(Math.sqrt(3.0 / 16));
    double squared = precision.round(norm * norm);
    assertThat(squared).isNotEqualTo(3.0 / 16);
    try (Model<T> model = new Model<>(type, new double[] {1, 2, 3})) {
      model.minimize(builder -> builder.eps(0));
      Model.Step step = model.step(1, new double[] {0.25, -0.25, 0.25});
      assertThat(step.unclipped()).isEqualTo(precision.round(1 / squared));
    }
  }

  /**
   * The unclipped step size lies within its roundings of the real number, which {@code double}
   * arithmetic of the twin in turn approximates within as many units of 2⁻⁵³; given the step size,
   * variable and momentum are the twin's.
   */
  private <T extends TNumber> void compare(Class<T> type, MomentumForm form, double unit) {
    Settings settings = Settings.builder().momentumForm(form).lowerBound(-0.3).build();
    GroupSettings group = new GroupSettings(GroupSettings.UNCAPPED, 0.7);
    double[] start = normal(type);
    Twin.Group own = new Twin.Group(group, start.clone());
    Twin twin = new Twin(Twin.precision(type), Semantics.PYTORCH, settings, own);
    Twin real = new Twin(Twin.precision(TFloat64.class), Semantics.PYTORCH, settings, own);
    try (Model<T> model = new Model<>(type, start)) {
      model.minimize(builder -> builder.settings(settings).momentum(0.7));
      for (int step = 0; step < 5; step++) {
        double[] gradient = normal(type);
        double loss = random.nextDouble();
        Model.Step taken = model.step(loss, gradient);
        double expected = real.stepSizes(loss, gradient).get(0);
        double allowed = expected * ROUNDINGS * (unit + 0x1p-53);
        assertThat(taken.unclipped()).isCloseTo(expected, offset(allowed));
        twin.update(taken.stepSizes(), gradient);
        assertThat(model.values(0)).isEqualTo(twin.values(0));
        assertThat(model.momentum(0)).isEqualTo(twin.momentum(0));
      }
    }
  }

  private double[] normal(Class<?> type) {
    double[] values = new double[ELEMENTS];
    Arrays.setAll(values, i -> Twin.precision(type).round(random.nextGaussian()));
    return values;
  }
}
