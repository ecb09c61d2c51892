package dev.alig.experiments.networks;

import static dev.alig.experiments.networks.SmallImages.LABELS;
import static dev.alig.experiments.networks.SmallImages.SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alig.experiments.Snapshot;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.tensorflow.types.TFloat32;

/** What a model keeps, and what it draws. */
class ModelStateTest {
  private static final Network NETWORK = new WideResNet(10, 1, 0.4, 4);
  private static final OptimizerSettings ALIG = new OptimizerSettings.AliG(0.1, 0.9, 15);

  private enum Framework {
    TENSORFLOW,
    DL4J;

    ImageModel model(OptimizerSettings settings, long seed) {
      if (settings instanceof OptimizerSettings.Flat flat) {
        return new FlatModel(NETWORK, SIZE, Loss.CROSS_ENTROPY, flat, seed, 2);
      }
      return this == TENSORFLOW
          ? new TensorFlowModel<>(NETWORK, SIZE, settings, TFloat32.class, seed, 2)
          : new Dl4jModel(NETWORK, SIZE, settings, DataType.FLOAT, seed, 2);
    }
  }

  /** Flat arrays are of TensorFlow only. */
  static Stream<Arguments> frameworksAndOptimizers() {
    Stream<Arguments> flat =
        Stream.of(
                new OptimizerSettings.Flat("sgd", 0.1, 0.9, 1e-4),
                new OptimizerSettings.Flat("adam", 0.001, 0, 1e-4),
                new OptimizerSettings.Flat("amsgrad", 0.001, 0, 1e-4),
                new OptimizerSettings.Flat("adagrad", 0.01, 0, 0),
                new OptimizerSettings.Flat("adamw", 0.001, 0, 1e-2),
                new OptimizerSettings.Flat("yogi", 0.001, 0, 1e-4),
                new OptimizerSettings.Flat("bpgrad", 0.1, 0.5, 1e-4),
                new OptimizerSettings.Flat("l4adam", 0.15, 0, 0),
                new OptimizerSettings.Flat("l4mom", 0.15, 0, 0))
            .map(settings -> Arguments.of(Framework.TENSORFLOW, settings));
    return Stream.concat(flat, ofTheFrameworks());
  }

  private static Stream<Arguments> ofTheFrameworks() {
    return Stream.of(Framework.values())
        .flatMap(
            framework ->
                Stream.of(
                        ALIG,
                        new OptimizerSettings.AliG(0.1, 0, Double.POSITIVE_INFINITY),
                        new OptimizerSettings.Sgd(0.1, 0.9),
                        new OptimizerSettings.Sgd(0.1, 0),
                        new OptimizerSettings.Adam(0.001))
                    .map(settings -> Arguments.of(framework, settings)));
  }

  /** The other model has other weights, until it is given those of the first. */
  @ParameterizedTest
  @MethodSource("frameworksAndOptimizers")
  void aRestoredModelGoesOnBitForBit(Framework framework, OptimizerSettings settings) {
    float[] pixels = SmallImages.pixels();
    try (ImageModel model = framework.model(settings, 1);
        ImageModel restored = framework.model(settings, 2)) {
      model.step(pixels, LABELS, 10, 0);
      model.step(pixels, LABELS, 11, 1);
      Snapshot middle = model.save();
      model.step(pixels, LABELS, 12, 2);
      model.step(pixels, LABELS, 13, 3);
      restored.restore(middle);
      restored.step(pixels, LABELS, 12, 2);
      restored.step(pixels, LABELS, 13, 3);
      assertSame(restored.save(), model.save());
    }
  }

  private static void assertSame(Snapshot found, Snapshot expected) {
    assertThat(found.arrays().keySet()).isEqualTo(expected.arrays().keySet());
    expected
        .arrays()
        .forEach((name, bytes) -> assertThat(found.arrays().get(name)).as(name).isEqualTo(bytes));
  }

  @ParameterizedTest
  @MethodSource("frameworksAndOptimizers")
  void everyOptimizerLowersTheLoss(Framework framework, OptimizerSettings settings) {
    // A step of Deeplearning4j takes a second.
    int steps = framework == Framework.TENSORFLOW ? 30 : 6;
    // L4 aims no lower than at nine tenths of the lowest loss so far, so it begins slowly.
    boolean slow = settings instanceof OptimizerSettings.Flat flat && flat.name().startsWith("l4");
    double share = framework == Framework.TENSORFLOW && !slow ? 0.5 : 1;
    float[] pixels = SmallImages.pixels();
    try (ImageModel model = framework.model(settings, 1)) {
      double first = model.step(pixels, LABELS, 0, 0).loss();
      double last = first;
      for (int step = 1; step < steps; step++) {
        last = model.step(pixels, LABELS, step, step).loss();
      }
      assertThat(last).isLessThan(share * first);
    }
  }

  static Stream<Framework> frameworks() {
    return Stream.of(Framework.values());
  }

  @ParameterizedTest
  @MethodSource("frameworks")
  void theSeedSettlesWhatDropoutLeavesOut(Framework framework) {
    float[] pixels = SmallImages.pixels();
    try (ImageModel model = framework.model(ALIG, 1)) {
      double loss = model.gradient(pixels, LABELS, 1).loss();
      assertThat(model.gradient(pixels, LABELS, 1).loss()).isEqualTo(loss);
      assertThat(model.gradient(pixels, LABELS, 2).loss()).isNotEqualTo(loss);
      float[][] scores = model.scores(pixels);
      assertThat(model.scores(pixels)).isDeepEqualTo(scores);
    }
  }

  @ParameterizedTest
  @MethodSource("frameworks")
  void theBallHoldsTheParameters(Framework framework) {
    try (ImageModel model = framework.model(ALIG, 1)) {
      double norm = model.step(SmallImages.pixels(), LABELS, 0, 0).parameterNorm();
      // Rounding may leave the norm an ulp or two outside, for each of some 80 arrays.
      assertThat(norm).isLessThan(15 * (1 + 100 * 0x1p-24)).isGreaterThan(14);
    }
  }

  @ParameterizedTest
  @MethodSource("frameworks")
  void theStateOfAnotherModelIsRefused(Framework framework) {
    OptimizerSettings plain = new OptimizerSettings.AliG(0.1, 0, Double.POSITIVE_INFINITY);
    try (ImageModel model = framework.model(ALIG, 1);
        ImageModel other = framework.model(plain, 1)) {
      Snapshot own = model.save();
      assertThatIllegalArgumentException().isThrownBy(() -> model.restore(other.save()));
      Map<String, byte[]> cut = new TreeMap<>(own.arrays());
      cut.replaceAll((name, bytes) -> Arrays.copyOf(bytes, bytes.length / 2));
      assertThatIllegalArgumentException().isThrownBy(() -> model.restore(new Snapshot(cut)));
      assertSame(model.save(), own);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.assign(Map.of("conv9.weight", new double[1])))
          .withMessageContaining("conv9.weight");
    }
  }
}
