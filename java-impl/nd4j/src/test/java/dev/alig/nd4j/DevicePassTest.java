package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.MomentumForm;
import dev.alig.NonFinite;
import dev.alig.Settings;
import dev.alig.StepReport;
import dev.alig.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Steps by ND4J's operations, forced on a CPU, against steps by a kernel. */
class DevicePassTest {
  private static final double MOMENTUM = 0.9;

  private static AliG aliG(boolean operations, Settings settings, INDArray... parameters) {
    return AliG.builder()
        .settings(settings)
        .operations(operations)
        .group(new GroupSettings(0.1, MOMENTUM), parameters)
        .build();
  }

  private static Settings settings(MomentumForm form, double radius) {
    return Settings.builder().momentumForm(form).ball(new L2Ball(radius)).build();
  }

  /** Pseudo-random numbers from -1 to 1. */
  private static INDArray numbers(DataType type, int seed, long... shape) {
    INDArray array = Nd4j.createUninitialized(type, shape);
    long length = array.length();
    for (long i = 0; i < length; i++) {
      array.putScalar(i, Math.sin(12.9898 * i + 78.233 * seed));
    }
    return array;
  }

  private static INDArray[] numbers(DataType type, int seed, long[][] shapes) {
    return Arrays.stream(shapes)
        .map(shape -> numbers(type, seed + shape.length, shape))
        .toArray(INDArray[]::new);
  }

  /**
   * The greatest distance of two runs' parameters and momenta, in unit roundoffs of the greatest
   * element.
   */
  private static double distance(AliG one, INDArray[] first, AliG other, INDArray[] second) {
    List<Double> a = new ArrayList<>();
    List<Double> b = new ArrayList<>();
    for (int i = 0; i < first.length; i++) {
      a.addAll(Values.of(first[i]));
      b.addAll(Values.of(second[i]));
      one.momentumBuffer(0, i).ifPresent(v -> a.addAll(Values.of(v)));
      other.momentumBuffer(0, i).ifPresent(v -> b.addAll(Values.of(v)));
    }
    double largest = a.stream().mapToDouble(Math::abs).max().orElseThrow();
    double worst = 0;
    for (int i = 0; i < a.size(); i++) {
      worst = Math.max(worst, Math.abs(a.get(i) - b.get(i)));
    }
    double roundoff = first[0].dataType() == DataType.FLOAT ? 0x1p-24 : 0x1p-53;
    assertThat(a).hasSameSizeAs(b).noneMatch(value -> value.isNaN());
    return worst / (largest * roundoff);
  }

  /**
   * Three steps with six roundings each beside the one of the fused form, the norms' few, and what
   * the momentum carries on: within 100 unit roundoffs.
   */
  @ParameterizedTest
  @CsvSource({
    "FLOAT, STANDARD, Infinity",
    "FLOAT, ADJUSTED, Infinity",
    "FLOAT, STANDARD, 20",
    "DOUBLE, STANDARD, Infinity",
    "DOUBLE, ADJUSTED, 20"
  })
  void stepsAreThoseOfTheKernel(DataType type, MomentumForm form, double radius) {
    long[][] shapes = {{}, {7}, {3, 4, 5}, {10_000}};
    INDArray[] onKernel = numbers(type, 1, shapes);
    INDArray[] onDevice = numbers(type, 1, shapes);
    AliG kernel = aliG(false, settings(form, radius), onKernel);
    AliG device = aliG(true, settings(form, radius), onDevice);
    for (int step = 1; step <= 3; step++) {
      INDArray[] gradients = numbers(type, 10 * step, shapes);
      kernel.step(50, gradients);
      device.step(50, gradients);
    }
    assertThat(distance(kernel, onKernel, device, onDevice)).isLessThan(100);
    assertThat(device.parameterNorm() / kernel.parameterNorm()).isBetween(1 - 1e-6, 1 + 1e-6);
  }

  @Test
  void withoutMomentumNoBufferIsMade() {
    INDArray parameter = Values.floats(1, 2);
    AliG aliG = AliG.builder().operations(true).maxLearningRate(0.5).parameters(parameter).build();
    aliG.step(100, Values.floats(2, 4));
    assertThat(Values.of(parameter)).containsExactly(0.0, 0.0);
    assertThat(aliG.momentumBuffer(0, 0)).isEmpty();
  }

  @Test
  void theNormOfAMillionFloatsIsAccurate() {
    INDArray parameter = Nd4j.valueArrayOf(new long[] {1_000_003}, 0.1f, DataType.FLOAT);
    AliG aliG = AliG.builder().operations(true).parameters(parameter).build();
    double exact = Math.sqrt(1_000_003) * 0.1f;
    // Each square meets one rounding per element of its block; the root halves the error.
    double bound = DevicePass.BLOCK * 0x1p-24 / 2 + 0x1p-24;
    assertThat(aliG.parameterNorm() / exact).isBetween(1 - bound, 1 + bound);
  }

  @Test
  void noArrayIsAskedForOnTheHost() {
    TwoSides sides = new TwoSides();
    Engine<float[]> engine =
        new Engine<>(
            new FloatStorage(new HostMemory(sides)),
            settings(MomentumForm.STANDARD, 1),
            Kernels.chosen(),
            true);
    engine.addGroup(new GroupSettings(0.1, MOMENTUM), List.of(Values.floats(1, 2, 3)));
    sides.ensured.clear();
    engine.project();
    engine.step(5, List.of(Values.floats(3, 2, 1)));
    engine.parameterNorm();
    assertThat(sides.ensured).isEmpty();
  }

  @Test
  void viewsAndOrdersOfAllKindsMove() {
    INDArray whole = numbers(DataType.FLOAT, 3, 4, 6);
    INDArray before = whole.dup();
    INDArray column = whole.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3));
    INDArray copied = column.dup('c');
    INDArray gradient = numbers(DataType.FLOAT, 4, 4, 2).dup('f');
    aliG(true, settings(MomentumForm.STANDARD, 2), column).step(1, gradient);
    aliG(false, settings(MomentumForm.STANDARD, 2), copied).step(1, gradient);
    assertThat(column.distance2(copied)).isLessThan(1e-6);
    assertThat(whole.getColumn(0)).isEqualTo(before.getColumn(0));
    assertThat(whole.getColumn(3)).isEqualTo(before.getColumn(3));
  }

  @Test
  void theLayoutOfAGradientChangesNoBit() {
    INDArray gradient = numbers(DataType.FLOAT, 5, 40, 30);
    INDArray wide = Nd4j.create(DataType.FLOAT, 40, 60);
    INDArray strided = wide.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2, 60));
    strided.assign(gradient);
    assertThat(
            Stream.of(gradient, gradient.dup('f'), strided)
                .map(layout -> aliG(true, Settings.DEFAULT, gradient.dup()).step(1, layout)))
        .containsOnly(aliG(true, Settings.DEFAULT, gradient.dup()).step(1, gradient));
  }

  /** Both parameters move along the gradients as they were before the step. */
  @Test
  void aGradientMayShareMemoryWithAParameter() {
    INDArray p = Values.floats(1, 2);
    INDArray q = Values.floats(3, 4);
    AliG.builder().operations(true).maxLearningRate(0.5).parameters(p, q).build().step(1e9, q, p);
    assertThat(Values.of(p)).containsExactly(-0.5, 0.0);
    assertThat(Values.of(q)).containsExactly(2.5, 3.0);
  }

  @Test
  void emptyArraysAndAbsentGradientsAreLeftAlone() {
    INDArray empty = Nd4j.create(DataType.FLOAT, 0, 3);
    INDArray kept = Values.floats(5);
    INDArray moved = Values.floats(1);
    AliG aliG =
        AliG.builder()
            .operations(true)
            .maxLearningRate(1)
            .momentum(0.5)
            .parameters(empty, kept, moved)
            .build();
    aliG.step(1e9, empty, null, Values.floats(1));
    assertThat(Values.of(kept)).containsExactly(5.0);
    assertThat(Values.of(moved)).containsExactly(-0.5);
    assertThat(Values.of(aliG.momentumBuffer(0, 1).orElseThrow())).containsExactly(0.0);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void valuesThatAreNotFiniteReachTheParameters(DataType type) {
    INDArray parameter = Values.vector(type, 1, 2);
    AliG aliG = AliG.builder().operations(true).parameters(parameter).build();
    aliG.step(Double.NaN, Values.vector(type, 1, 0));
    assertThat(Values.of(parameter)).allMatch(value -> value.isNaN());
  }

  @Test
  void aStepWithANaNIsSkippedWhereThatIsAsked() {
    INDArray parameter = Values.floats(1, 2);
    Settings settings = Settings.builder().nonFinite(NonFinite.SKIP).build();
    AliG aliG = AliG.builder().operations(true).settings(settings).parameters(parameter).build();
    StepReport report = aliG.step(1, Values.floats(Float.NaN, 0));
    assertThat(report.outcome()).isEqualTo(StepReport.Outcome.SKIPPED);
    assertThat(Values.of(parameter)).containsExactly(1.0, 2.0);
    assertThat(aliG.step(1, Values.floats(1, 0)).outcome()).isEqualTo(StepReport.Outcome.TAKEN);
  }

  @Test
  void anOverflowIsReportedAndAvoidedByAWideNorm() {
    INDArray gradient = Values.floats(1e20f);
    assertThat(
            AliG.builder()
                .operations(true)
                .parameters(Values.floats(1))
                .build()
                .step(1, gradient)
                .normOverflowed())
        .isTrue();
    StepReport wide =
        AliG.builder()
            .operations(true)
            .wideNorm(true)
            .parameters(Values.floats(1))
            .build()
            .step(1, gradient);
    assertThat(wide.normOverflowed()).isFalse();
    assertThat(wide.gradientNorm() / 1e20).isBetween(1 - 1e-6, 1 + 1e-6);
  }
}
