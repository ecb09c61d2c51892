package dev.alig.conformance.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsTest {
  private static final Rounding DOUBLES = new Rounding(DType.DOUBLE, false);

  private static Bounded between(double low, double high) {
    return new Bounded(Optional.empty(), low, high, false);
  }

  @Test
  void theLargerOfTwoIntervalsHasTheLargerEnds() {
    Bounded larger = Functions.larger(between(-1, 4), between(2, 3));
    assertThat(larger.low()).isEqualTo(2);
    assertThat(larger.high()).isEqualTo(4);
    assertThat(Functions.smaller(between(-1, 4), between(2, 3)).high()).isEqualTo(3);
  }

  @Test
  void aNanIsTheLargerOfTwo() {
    assertThat(Functions.larger(Bounded.NAN, Bounded.of(1)).accepts(Double.NaN)).isTrue();
    assertThat(Functions.larger(Bounded.NAN, Bounded.of(1)).accepts(1)).isFalse();
    assertThat(Functions.larger(between(0, 1).or(Bounded.NAN), Bounded.of(1)).nan()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"-2, 0", "0.25, 0.25", "7, 1"})
  void aNumberIsClampedToItsRange(double number, double expected) {
    Bounded clamped = Functions.clamped(Bounded.of(number), 0, 1);
    assertThat(clamped.exact()).contains(Real.of(expected));
    assertThat(clamped.accepts(expected)).isTrue();
  }

  @Test
  void aSignThatIsNotKnownMayBeEither() {
    Bounded sign = Functions.sign(between(-1e-9, 1e-9));
    assertThat(sign.accepts(-1) && sign.accepts(1)).isTrue();
    assertThat(Functions.sign(Bounded.of(-3)).accepts(1)).isFalse();
  }

  @Test
  void aRootOfBoundsBelowZeroMayBeNan() {
    Bounded root = Functions.rootOfSquare(between(-1, 4), DOUBLES);
    assertThat(root.nan()).isTrue();
    assertThat(root.low()).isZero();
    assertThat(root.accepts(2)).isTrue();
    assertThat(Functions.rootOfSquare(Bounded.of(4), DOUBLES).nan()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0.999, 1", "0.999, 1000", "0.5, 3", "0.9, 0", "0.9, 37"})
  void aPowerHoldsTheOneOfJavaAndLittleElse(double base, long exponent) {
    Bounded power = Functions.power(base, exponent, DOUBLES);
    double found = StrictMath.pow(base, (double) exponent);
    assertThat(power.accepts(found)).isTrue();
    assertThat(power.high()).isLessThanOrEqualTo(Math.nextUp(power.low()));
  }
}
