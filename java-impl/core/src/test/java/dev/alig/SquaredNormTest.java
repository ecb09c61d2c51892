package dev.alig;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SquaredNormTest {
  private static SquaredNorm of(Precision precision, double... sumsOfSquares) {
    SquaredNorm norm = new SquaredNorm(precision);
    for (double sum : sumsOfSquares) {
      norm.add(sum);
    }
    return norm;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void addsSquaredNorms(Precision precision) {
    assertThat(of(precision, 9, 16, 144).value()).isEqualTo(169);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void hasTheNormOfAllTensorsAsRoot(Precision precision) {
    assertThat(of(precision, 9, 16, 144).root()).isEqualTo(13);
  }

  /** Norm, square and sum each round: recorded with torch 2.15.0. */
  @ParameterizedTest
  @CsvSource({
    "DOUBLE, 0x1.247ae147ae148p+3",
    "FLOAT, 0x1.247ae2p+3",
    "HALF, 0x1.248p+3",
    "BFLOAT16, 0x1.24p+3"
  })
  void roundsLikeTorch(Precision precision, String value) {
    double first = precision.round(0.1);
    double second = precision.round(0.2);
    double third = precision.round(0.3);
    assertThat(of(precision, first * first + second * second + third * third, 9).value())
        .isEqualTo(Double.parseDouble(value));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, 1e40", "HALF, 65536", "DOUBLE, Infinity"})
  void overflowsWhereTheSquareDoes(Precision precision, double sumOfSquares) {
    assertThat(of(precision, sumOfSquares).value()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({
    "HALF, 90000, true",
    "HALF, 65000, false",
    "BFLOAT16, 1e40, true",
    "FLOAT, 1e40, true",
    "FLOAT, 1e37, false",
    "FLOAT, Infinity, false",
    "FLOAT, NaN, false",
    "DOUBLE, 1e40, false",
    "DOUBLE, Infinity, false"
  })
  void overflowsOnlyIfTheSumOfSquaresWasFinite(
      Precision precision, double sumOfSquares, boolean overflows) {
    assertThat(of(precision, 1, sumOfSquares).overflowed()).isEqualTo(overflows);
  }

  @Test
  void anInfiniteTensorIsNoOverflowWhateverElseThereIs() {
    assertThat(of(Precision.HALF, Double.POSITIVE_INFINITY, 90_000).overflowed()).isFalse();
    assertThat(of(Precision.HALF, 90_000, Double.POSITIVE_INFINITY).overflowed()).isFalse();
  }

  @Test
  void theSumOfManyMayOverflowToo() {
    assertThat(of(Precision.HALF, 40_000, 40_000).overflowed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, 1e-60", "HALF, 1e-12"})
  void vanishesWhereTheSquareDoes(Precision precision, double sumOfSquares) {
    assertThat(of(precision, sumOfSquares).value()).isZero();
  }

  @Test
  void isEmptyUntilATensorIsAdded() {
    assertThat(new SquaredNorm(Precision.FLOAT).isEmpty()).isTrue();
    assertThat(of(Precision.FLOAT, 0).isEmpty()).isFalse();
  }

  @Test
  void spreadsNotANumber() {
    assertThat(of(Precision.FLOAT, 1, Double.NaN, 1).value()).isNaN();
  }
}
