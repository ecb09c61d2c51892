package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only the elements of the slice are multiplied; its neighbours are not 0, so that they tell. */
class KernelScaleTest {
  @Test
  void floatsScaleWithinTheirSlice() {
    float[] array = {4, 6, 10, 14};
    Kernels.ofFloats().scale(new Slice<>(array, 1, 2), 0.5);
    assertThat(array).containsExactly(4, 3, 5, 14);
  }

  @Test
  void doublesScaleWithinTheirSlice() {
    double[] array = {4, 6, 10, 14};
    Kernels.ofDoubles().scale(new Slice<>(array, 1, 2), 0.5);
    assertThat(array).containsExactly(4, 3, 5, 14);
  }

  @ParameterizedTest
  @CsvSource({"HALF", "BFLOAT16"})
  void halvesScaleWithinTheirSlice(Precision precision) {
    float[] array = {4, 6, 10, 14};
    Kernels.ofHalves(precision).scale(new Slice<>(array, 1, 2), 0.5);
    assertThat(array).containsExactly(4, 3, 5, 14);
  }
}
