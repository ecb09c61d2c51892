package dev.alig.conformance.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactArithmeticTest {
  /** The host's fma is right wherever operands are doubles; ours must say the same. */
  @ParameterizedTest
  @CsvSource({
    "1e308, 1e308, -Infinity",
    "1e308, -1e308, Infinity",
    "1e308, 1e308, -1e308",
    "1, Infinity, -Infinity",
    "0, Infinity, 1",
    "NaN, 1, Infinity",
    "-0.0, 0, -0.0",
    "-0.0, 1, 0.0",
    "1e-200, 1e-200, 1",
    "4.9e-324, 0.5, 4.9e-324"
  })
  void fusesAsTheHostDoes(double a, double b, double c) {
    double ours = new ExactArithmetic(DType.DOUBLE).fusedMultiplyAdd(a, b, c);
    assertThat(ours).isEqualTo(Double.valueOf(Math.fma(a, b, c)));
  }
}
