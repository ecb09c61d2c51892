package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The half kernels against bits recorded from torch. */
class HalfKernelTest {
  @ParameterizedTest
  @CsvFileSource(resources = "half-updates.csv", numLinesToSkip = 3)
  void updatesAsTorchDoes(
      Precision precision,
      Move move,
      String step,
      String momentum,
      String p,
      String v,
      String g,
      String newP,
      String newV) {
    Slice<float[]> parameter = one(p);
    Slice<float[]> buffer = one(v);
    Kernel<float[]> kernel = Kernels.ofHalves(precision);
    move.on(kernel, parameter, buffer, one(g), number(step), number(momentum));
    assertThat(parameter.array()).isEqualTo(one(newP).array());
    assertThat(buffer.array()).isEqualTo(one(newV).array());
  }

  /** The factor is applied in {@code float}, the product rounded once. */
  @ParameterizedTest
  @CsvSource({"HALF, 0x1.ccccp-1, 0x1.55p-1", "BFLOAT16, 0x1.cep-1, 0x1.56p-1"})
  void scalesInFloatAndRoundsOnce(Precision precision, String factor, String scaled) {
    Slice<float[]> values = one("0x1.7bp-1");
    values.array()[0] = (float) precision.round(values.array()[0]);
    Kernels.ofHalves(precision).scale(values, number(factor));
    assertThat(values.array()).isEqualTo(one(scaled).array());
  }

  /** Offsets differ from slice to slice, as they do where arrays are views. */
  @ParameterizedTest
  @EnumSource(Move.class)
  void updatesSlicesAsWholeArrays(Move move) {
    Elements.Floats halves = new Elements.Floats(Precision.HALF);
    Kernel<float[]> kernel = halves.kernel();
    double[] p = {1, 2, 3};
    double[] v = {4, 5, 6};
    double[] g = {7, 8, 9};
    Slice<float[]> wholeP = halves.slice(p, 0);
    Slice<float[]> wholeV = halves.slice(v, 0);
    move.on(kernel, wholeP, wholeV, halves.slice(g, 0), 0.5, 0.25);
    Slice<float[]> partP = halves.slice(p, 1);
    Slice<float[]> partV = halves.slice(v, 3);
    move.on(kernel, partP, partV, halves.slice(g, 2), 0.5, 0.25);
    assertThat(halves.values(partP)).isEqualTo(halves.values(wholeP));
    assertThat(halves.values(partV)).isEqualTo(halves.values(wholeV));
  }

  private static Slice<float[]> one(String value) {
    return Slice.of(new float[] {(float) number(value)});
  }

  private static double number(String value) {
    return Double.parseDouble(value);
  }
}
