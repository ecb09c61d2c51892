package dev.alig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class L2BallTest {
  private static SquaredNorm norm(Precision precision, double sumOfSquares) {
    SquaredNorm norm = new SquaredNorm(precision);
    norm.add(sumOfSquares);
    return norm;
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-300, Double.NEGATIVE_INFINITY, Double.NaN})
  void refusesANegativeRadius(double radius) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new L2Ball(radius))
        .withMessageContaining("radius of the l2 ball must be >= 0, was " + radius);
  }

  @Test
  void leavesParametersInsideAlone() {
    assertThat(new L2Ball(5).factor(norm(Precision.DOUBLE, 24.9))).isEqualTo(1);
  }

  @Test
  void leavesParametersOnTheSphereAlone() {
    assertThat(new L2Ball(5).factor(norm(Precision.DOUBLE, 25))).isEqualTo(1);
  }

  @Test
  void scalesParametersOutsideOntoTheSphere() {
    assertThat(new L2Ball(5).factor(norm(Precision.DOUBLE, 16 * 25))).isEqualTo(0.25);
  }

  /** Recorded with torch 2.15.0: {@code radius / torch.tensor(total)}, no plain division. */
  @ParameterizedTest
  @CsvSource({
    "DOUBLE, 0x1.8p1, 0x1p0, 0x1.5555555555555p-2",
    "DOUBLE, 0x1.88p5, 0x1p0, 0x1.4e5e0a72f0539p-6",
    "DOUBLE, 0x1.88p5, 0x1.88p4, 0x1.fffffffffffffp-2",
    "FLOAT, 0x1.48p5, 0x1.48p4, 0x1.fffffep-2",
    "FLOAT, 0x1.8p1, 0x1.99999ap-4, 0x1.111112p-5"
  })
  void multipliesTheReciprocalAsTorchDoes(
      Precision precision, String total, String radius, String factor) {
    double t = Double.parseDouble(total);
    assertThat(new L2Ball(Double.parseDouble(radius)).factor(norm(precision, t * t)))
        .isEqualTo(Double.parseDouble(factor));
  }

  @Test
  void comparesWithTheRadiusRoundedToThePrecision() {
    double rounded = (float) 0.1;
    assertThat(rounded).isGreaterThan(0.1);
    assertThat(new L2Ball(0.1).factor(norm(Precision.FLOAT, rounded * rounded))).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void doesNotProjectWhatIsNotANumber(Precision precision) {
    assertThat(new L2Ball(1).factor(norm(precision, Double.NaN))).isEqualTo(1);
  }

  @Test
  void shrinksInfiniteParametersByZero() {
    assertThat(new L2Ball(1).factor(norm(Precision.DOUBLE, Double.POSITIVE_INFINITY))).isZero();
  }

  @Test
  void mapsEverythingToTheOriginForARadiusOfZero() {
    assertThat(new L2Ball(0).factor(norm(Precision.DOUBLE, 4))).isZero();
  }

  @Test
  void neverProjectsWithoutABound() {
    assertThat(L2Ball.UNBOUNDED.factor(norm(Precision.FLOAT, Double.POSITIVE_INFINITY)))
        .isEqualTo(1);
    assertThat(L2Ball.UNBOUNDED.isBounded()).isFalse();
  }
}
