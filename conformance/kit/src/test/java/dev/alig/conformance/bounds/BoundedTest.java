package dev.alig.conformance.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BoundedTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static Bounded bounded(double exact, double low, double high) {
    return new Bounded(Optional.of(Real.of(exact)), low, high, false);
  }

  private static Bounded unknown(double low, double high) {
    return new Bounded(Optional.empty(), low, high, false);
  }

  private static Bounded clipped(Bounded number, double cap) {
    return number.clippedTo(OptionalDouble.of(cap), DType.FLOAT);
  }

  @Test
  void aCapTakesTheSmallerOfTheEndsAndOfTheExactAnswers() {
    assertThat(bounded(2, 1, 3).atMost(Bounded.of(4))).isEqualTo(bounded(2, 1, 3));
    assertThat(bounded(2.5, 1, 3).atMost(Bounded.of(2))).isEqualTo(bounded(2, 1, 2));
    assertThat(bounded(2, 1, 3).atMost(Bounded.of(0.5))).isEqualTo(bounded(0.5, 0.5, 0.5));
    assertThat(bounded(2, 1, 3).atMost(Bounded.of(INFINITY))).isEqualTo(bounded(2, 1, 3));
  }

  @Test
  void anUnknownExactAnswerIsThatOfTheCapOnlyWhereTheCapDecides() {
    assertThat(Bounded.of(INFINITY).atMost(Bounded.of(2))).isEqualTo(bounded(2, 2, 2));
    assertThat(unknown(1, 3).atMost(Bounded.of(2))).isEqualTo(unknown(1, 2));
    assertThat(unknown(1, 3).atMost(Bounded.of(4))).isEqualTo(unknown(1, 3));
  }

  @Test
  void nanPassesACapAndACapOfNanIsNone() {
    assertThat(Bounded.NAN.atMost(Bounded.of(2))).isEqualTo(Bounded.NAN);
    assertThat(bounded(2, 1, 3).atMost(Bounded.NAN)).isEqualTo(bounded(2, 1, 3));
    Bounded either = new Bounded(Optional.empty(), 1, 3, true);
    assertThat(either.atMost(Bounded.of(2)).accepts(Double.NaN)).isTrue();
  }

  @Test
  void clippingKeepsNegativeNumbersFromPassing() {
    assertThat(clipped(bounded(-2, -3, -1), 2)).isEqualTo(bounded(0, 0, 0));
    assertThat(clipped(bounded(1, -1, 3), 2)).isEqualTo(bounded(1, 0, 2));
    assertThat(clipped(bounded(5, 4, 6), 2)).isEqualTo(bounded(2, 2, 2));
    assertThat(clipped(Bounded.of(-INFINITY), 2)).isEqualTo(bounded(0, 0, 0));
  }

  @Test
  void theCapOfAClipIsOneOfTheFormat() {
    double narrow = DType.FLOAT.round(0.1);
    assertThat(clipped(Bounded.of(INFINITY), 0.1)).isEqualTo(bounded(narrow, narrow, narrow));
  }

  @Test
  void withoutACapNothingIsClipped() {
    Bounded negative = bounded(-2, -3, -1);
    assertThat(negative.clippedTo(OptionalDouble.empty(), DType.FLOAT)).isEqualTo(negative);
  }

  @Test
  void theEndsAreLegalAndTheNextNumbersBeyondAreNot() {
    Bounded bound = bounded(2, 1, 3);
    assertThat(bound.accepts(1)).isTrue();
    assertThat(bound.accepts(3)).isTrue();
    assertThat(bound.accepts(Math.nextDown(1.0))).isFalse();
    assertThat(bound.accepts(Math.nextUp(3.0))).isFalse();
    assertThat(bound.accepts(Double.NaN)).isFalse();
  }
}
