package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceTest {
  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 4", "3, 1", "0, -1", "2147483647, 2"})
  void liesWithinItsArray(int offset, int length) {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> new Slice<>(new float[3], offset, length));
  }

  @Test
  void coversAWholeArray() {
    double[] array = new double[3];
    assertThat(Slice.of(array)).isEqualTo(new Slice<>(array, 0, 3));
  }

  @Test
  void mustHaveTheLengthOfItsPartners() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Kernels.ofFloats().plain(Slice.of(new float[2]), Slice.of(new float[3]), 1))
        .withMessageContaining("slices must have equal lengths, had 2 and 3");
  }
}
