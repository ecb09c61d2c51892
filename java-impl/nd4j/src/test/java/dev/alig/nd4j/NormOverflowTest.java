package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import dev.alig.StepReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class NormOverflowTest {
  private static final double LOSS = 5;

  private static AliGBuilder wide(boolean wide) {
    return AliG.builder().wideNorm(wide);
  }

  /** A step of two tensors whose gradients are the legs of a 3-4-5 triangle. */
  private static StepReport step(AliGBuilder builder, INDArray p, INDArray q, double norm) {
    DataType type = p.dataType();
    return builder
        .parameters(p, q)
        .build()
        .step(LOSS, Values.vector(type, 0.6 * norm, 0), Values.vector(type, 0, 0.8 * norm));
  }

  @ParameterizedTest
  @CsvSource({"HALF, 300", "HALF, 60000", "BFLOAT16, 1e20", "FLOAT, 1e20"})
  void asInTheOriginalTheStepIsZeroAndTheReportSaysWhy(DataType type, double norm) {
    INDArray p = Values.vector(type, 0, 0);
    StepReport report = step(wide(false), p, p.dup(), norm);
    assertThat(report.normOverflowed()).isTrue();
    assertThat(report.gradientNorm()).isInfinite();
    assertThat(report.stepSizes()).containsExactly(0.0);
    assertThat(Values.of(p)).containsExactly(0.0, 0.0);
  }

  /** Gradients, products and differences are rounded to the type once each. */
  @ParameterizedTest
  @CsvSource({
    "HALF, 300, 0x1p-10",
    "HALF, 60000, 0x1p-10",
    "BFLOAT16, 1e20, 0x1p-7",
    "FLOAT, 1e20, 0x1p-18",
    "FLOAT, 3, 0x1p-22",
    "DOUBLE, 1e20, 0x1p-50"
  })
  void theWideNormGivesTheRightStep(DataType type, double norm, double relative) {
    INDArray p = Values.vector(type, 0, 0);
    INDArray q = p.dup();
    StepReport report = step(wide(true), p, q, norm);
    double size = LOSS / (norm * norm + 1e-5);
    assertThat(report.normOverflowed()).isFalse();
    assertThat(report.gradientNorm()).isCloseTo(norm, within(relative * norm));
    assertThat(report.stepSizes().get(0)).isCloseTo(size, within(2 * relative * size));
    assertCloseTo(p.getDouble(0), -size * 0.6 * norm, 4 * relative);
    assertCloseTo(q.getDouble(1), -size * 0.8 * norm, 4 * relative);
  }

  private static void assertCloseTo(double actual, double expected, double relative) {
    assertThat(actual).isCloseTo(expected, within(relative * Math.abs(expected)));
  }

  @ParameterizedTest
  @CsvSource({"HALF, STANDARD", "HALF, ADJUSTED", "FLOAT, STANDARD", "FLOAT, ADJUSTED"})
  void momentumIsAddedAsWell(DataType type, MomentumForm form) {
    double norm = type == DataType.FLOAT16 ? 60_000 : 1e20;
    INDArray p = Values.vector(type, 0, 0);
    AliGBuilder builder = wide(true).momentum(0.5).momentumForm(form);
    StepReport report = step(builder, p, p.dup(), norm);
    double size = report.stepSizes().get(0);
    assertCloseTo(p.getDouble(0), -1.5 * size * 0.6 * norm, 0x1p-8);
  }

  @Test
  void aGradientThatIsInfiniteIsNoOverflow() {
    INDArray p = Values.vector(DataType.FLOAT16, 0, 0);
    StepReport report = step(wide(false), p, p.dup(), Double.POSITIVE_INFINITY);
    assertThat(report.normOverflowed()).isFalse();
  }

  @Test
  void aCapDoesNotHideIt() {
    INDArray p = Values.vector(DataType.FLOAT, 0, 0);
    assertThat(step(wide(false).maxLearningRate(0.1), p, p.dup(), 1e20).normOverflowed()).isTrue();
  }

  /** ‖w‖ = 300 lies in a ball of 400; in half its square is infinite, and 400/∞ is 0. */
  @ParameterizedTest
  @CsvSource({"HALF, 300, 400", "FLOAT, 1e20, 2e20"})
  void aProjectionThatGivesZerosIsReportedAndTheWideNormKeepsTheParameters(
      DataType type, double norm, double radius) {
    INDArray narrow = Values.vector(type, norm, 0);
    INDArray none = Values.vector(type, 0, 0);
    StepReport report =
        wide(false)
            .l2Ball(radius)
            .withoutFirstProjection()
            .parameters(narrow)
            .build()
            .step(0, none);
    assertThat(report.normOverflowed()).isTrue();
    assertThat(Values.of(narrow)).containsExactly(0.0, 0.0);
    INDArray kept = Values.vector(type, norm, 0);
    AliG optimizer = wide(true).l2Ball(radius).parameters(kept).build();
    assertThat(optimizer.step(0, none).normOverflowed()).isFalse();
    assertThat(kept).isEqualTo(Values.vector(type, norm, 0));
    assertThat(optimizer.parameterNorm()).isEqualTo(kept.getDouble(0));
  }

  @ParameterizedTest
  @CsvSource({"HALF, 300, 100", "FLOAT, 1e20, 1e19"})
  void theWideNormProjectsOntoTheBall(DataType type, double norm, double radius) {
    INDArray p = Values.vector(type, norm, 0);
    wide(true).l2Ball(radius).parameters(p).build();
    assertCloseTo(p.getDouble(0), radius, 0x1p-10);
  }

  /** A group without momentum beside one with it: the norm is of both. */
  @Test
  void theNormIsOfAllGroups() {
    INDArray p = Values.vector(DataType.FLOAT16, 0);
    INDArray q = Values.vector(DataType.FLOAT16, 0);
    AliG optimizer =
        wide(true).group(new GroupSettings(1, 0), p).group(new GroupSettings(1e-6, 0.5), q).build();
    INDArray gradient = Values.vector(DataType.FLOAT16, 300);
    StepReport report = optimizer.step(LOSS, gradient, gradient);
    assertThat(report.unclippedStepSize()).isCloseTo(LOSS / 180_000, within(1e-14));
    assertThat(report.stepSizes().get(1)).isEqualTo(1e-6);
  }
}
