package dev.alig.conformance.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.model.DType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExactArithmeticTest {
  /** Far more digits than a double has, for the quotients and roots that have no end. */
  private static final MathContext WIDE = new MathContext(80);

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
    "-1e-200, 1e-200, 0",
    "4.9e-324, 0.5, 4.9e-324"
  })
  void fusesAsTheHostDoes(double a, double b, double c) {
    double ours = new ExactArithmetic(DType.DOUBLE).fusedMultiplyAdd(a, b, c);
    assertThat(ours).isEqualTo(Double.valueOf(Math.fma(a, b, c)));
  }

  /** Both ends of the range, the neighbours of 1, and numbers of every size in between. */
  private static List<Double> numbers(DType dtype) {
    List<Double> numbers =
        new ArrayList<>(
            List.of(
                dtype.smallest(),
                dtype.smallestNormal(),
                dtype.down(dtype.smallestNormal()),
                dtype.down(1),
                1.0,
                dtype.up(1),
                dtype.largest()));
    Random random = new Random(1);
    int least = dtype.smallestExponent();
    while (numbers.size() < 30) {
      int exponent = random.nextInt(least, Math.getExponent(dtype.largest()));
      numbers.add(dtype.round(Math.scalb(1 + random.nextDouble(), exponent)));
    }
    List.copyOf(numbers).forEach(number -> numbers.add(-number));
    return numbers;
  }

  @ParameterizedTest
  @EnumSource
  void roundsAsDecimalArithmeticDoes(DType dtype) {
    ExactArithmetic exact = new ExactArithmetic(dtype);
    for (double a : numbers(dtype)) {
      for (double b : numbers(dtype)) {
        BigDecimal x = new BigDecimal(a);
        BigDecimal y = new BigDecimal(b);
        assertThat(exact.add(a, b)).isEqualTo(rounded(x.add(y), dtype));
        assertThat(exact.multiply(a, b)).isEqualTo(rounded(x.multiply(y), dtype));
        assertThat(exact.divide(a, b)).isEqualTo(rounded(x.divide(y, WIDE), dtype));
        assertThat(exact.fusedMultiplyAdd(a, b, 0.75))
            .isEqualTo(rounded(x.multiply(y).add(new BigDecimal(0.75)), dtype));
        assertThat(exact.norm(new double[] {a, b}))
            .isEqualTo(rounded(x.pow(2).add(y.pow(2)).sqrt(WIDE), dtype));
      }
      assertThat(exact.squareRoot(Math.abs(a)))
          .isEqualTo(rounded(new BigDecimal(Math.abs(a)).sqrt(WIDE), dtype));
    }
  }

  private static Double rounded(BigDecimal value, DType dtype) {
    return dtype == DType.FLOAT ? value.floatValue() : value.doubleValue();
  }
}
