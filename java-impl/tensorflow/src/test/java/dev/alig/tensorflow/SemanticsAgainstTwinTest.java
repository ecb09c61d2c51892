package dev.alig.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import dev.alig.Settings;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * Runs of several steps against the slow twin, in each type.
 *
 * <p>Gradients are multiples of 1/4 below 2, so that the sum of 7 squares is a multiple of 1/16
 * below 28 and exact in each type that it is formed in; all else is rounded once in both, and the
 * results must be the same bits.
 */
class SemanticsAgainstTwinTest {
  private static final int STEPS = 12;

  private final Random random = new Random(5);

  private static Stream<Arguments> cases() {
    return types()
        .flatMap(type -> Stream.of(MomentumForm.values()).map(form -> Arguments.of(type, form)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T extends TNumber> void aCappedGroupWithoutMomentum(Class<T> type, MomentumForm form) {
    compare(type, Semantics.PYTORCH, form, new GroupSettings(0.1, 0), new GroupSettings(0.1, 0));
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T extends TNumber> void anUncappedGroupWithMomentum(Class<T> type, MomentumForm form) {
    GroupSettings group = new GroupSettings(GroupSettings.UNCAPPED, 0.9);
    compare(type, Semantics.PYTORCH, form, group, group);
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T extends TNumber> void groupsWithCapsAndMomentumOfTheirOwn(Class<T> type, MomentumForm form) {
    compare(type, Semantics.PYTORCH, form, new GroupSettings(0.01, 0.5), new GroupSettings(0.3, 0));
  }

  @ParameterizedTest
  @MethodSource("types")
  <T extends TNumber> void tensorflowsSemanticsWithCapAndMomentum(Class<T> type) {
    GroupSettings group = new GroupSettings(0.1, 0.9);
    compare(type, Semantics.TF1, MomentumForm.ADJUSTED, group, group);
  }

  @ParameterizedTest
  @MethodSource("types")
  <T extends TNumber> void tensorflowsSemanticsWithoutCapAndMomentum(Class<T> type) {
    compare(
        type, Semantics.TF1, MomentumForm.ADJUSTED, GroupSettings.DEFAULT, GroupSettings.DEFAULT);
  }

  private static Stream<Class<? extends TNumber>> types() {
    return Stream.of(TFloat16.class, TBfloat16.class, TFloat32.class, TFloat64.class);
  }

  /** The second variable is in a group; the others take the builder's settings. */
  private <T extends TNumber> void compare(
      Class<T> type,
      Semantics semantics,
      MomentumForm form,
      GroupSettings own,
      GroupSettings rest) {
    double[][] start = {quarters(4), quarters(2), quarters(1)};
    Settings settings = Settings.builder().momentumForm(form).build();
    Twin.Group first = new Twin.Group(own, start[1].clone());
    Twin.Group second = new Twin.Group(rest, start[0].clone(), start[2].clone());
    Twin twin = new Twin(Twin.precision(type), semantics, settings, first, second);
    try (Model<T> model = new Model<>(type, start)) {
      model.minimize(
          builder ->
              builder
                  .semantics(semantics)
                  .settings(settings)
                  .maxLearningRate(rest.maxLearningRate())
                  .momentum(rest.momentum())
                  .group(own, model.variables.get(1)));
      for (int step = 0; step < STEPS; step++) {
        double[][] g = {quarters(4), quarters(2), quarters(1)};
        double loss = (random.nextInt(16) - 2) / 4.0;
        List<Double> expected = twin.step(loss, g[1], g[0], g[2]);
        Model.Step taken = model.step(loss, g);
        assertThat(taken.stepSizes()).isEqualTo(expected);
        assertThat(taken.mean()).isEqualTo((expected.get(0) + expected.get(1)) / 2);
        assertThat(model.values(1)).isEqualTo(twin.values(0));
        assertThat(model.values(0)).isEqualTo(twin.values(1));
        assertThat(model.values(2)).isEqualTo(twin.values(2));
        if (own.hasMomentum()) {
          assertThat(model.momentum(1)).isEqualTo(twin.momentum(0));
        }
      }
    }
  }

  private double[] quarters(int size) {
    return random.ints(size, -7, 8).mapToDouble(i -> i / 4.0).toArray();
  }
}
