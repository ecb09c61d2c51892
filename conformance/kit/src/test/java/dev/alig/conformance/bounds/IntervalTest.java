package dev.alig.conformance.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.exact.Real;
import dev.alig.conformance.model.DType;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntervalTest {
  /** The bounds of a result that is a number plus a part of the spacing above it. */
  private static Bounded bounds(DType dtype, double number, double spacing, double part) {
    Interval interval = new Interval(dtype, false);
    interval.add(Real.of(number).plus(Real.of(spacing).times(Real.of(part))));
    return interval.with(Optional.empty());
  }

  private static void assertBounds(Bounded bounds, double low, double high) {
    assertThat(bounds.low()).isEqualTo(low);
    assertThat(bounds.high()).isEqualTo(high);
  }

  @ParameterizedTest
  @EnumSource
  void anOrdinaryResultMayBeEitherNeighbour(DType dtype) {
    double spacing = dtype.up(1) - 1;
    assertBounds(bounds(dtype, 1, spacing, 0.25), 1, dtype.up(1));
    assertBounds(bounds(dtype, 1, spacing, 0), 1, 1);
  }

  /** As rounding to nearest has it, and nothing else. */
  @ParameterizedTest
  @EnumSource
  void aResultNextToInfinityIsRoundedToNearest(DType dtype) {
    double largest = dtype.largest();
    double spacing = largest - dtype.down(largest);
    assertBounds(bounds(dtype, largest, spacing, 0.25), largest, largest);
    double infinity = Double.POSITIVE_INFINITY;
    assertBounds(bounds(dtype, largest, spacing, 0.75), infinity, infinity);
    assertBounds(bounds(dtype, -largest, -spacing, 0.25), -largest, -largest);
    assertBounds(bounds(dtype, -largest, -spacing, 0.75), -infinity, -infinity);
  }

  @ParameterizedTest
  @EnumSource
  void aResultNextToZeroIsRoundedToNearest(DType dtype) {
    double smallest = dtype.smallest();
    assertBounds(bounds(dtype, 0, smallest, 0.75), smallest, smallest);
    assertThat(bounds(dtype, 0, smallest, 0.25).low()).isZero();
    assertThat(bounds(dtype, 0, smallest, 0.25).high()).isZero();
    assertBounds(bounds(dtype, 0, smallest, 1.25), smallest, 2 * smallest);
    assertBounds(bounds(dtype, 0, -smallest, 0.75), -smallest, -smallest);
  }
}
