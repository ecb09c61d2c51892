package dev.alig.conformance.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.model.DType;
import org.junit.jupiter.api.Test;

class RoundingTest {
  private final Rounding rounding = new Rounding(DType.FLOAT, false);

  @Test
  void anOverflowingProductMeetsAnInfinityFusedOrNot() {
    Bounded sum =
        rounding.timesPlus(
            Bounded.of(0x1p100), Bounded.of(0x1p100), Bounded.of(Double.NEGATIVE_INFINITY));
    assertThat(sum.accepts(Double.NEGATIVE_INFINITY)).as("fused").isTrue();
    assertThat(sum.accepts(Double.NaN)).as("the product rounded first").isTrue();
    assertThat(sum.accepts(Double.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void anOverflowingProductMayComeBackWhereItIsFused() {
    Bounded sum = rounding.timesPlus(Bounded.of(0x1p64), Bounded.of(0x1p64), Bounded.of(-0x1p127));
    assertThat(sum.accepts(0x1p127)).as("fused").isTrue();
    assertThat(sum.accepts(Double.POSITIVE_INFINITY)).as("the product rounded first").isTrue();
  }

  @Test
  void oneOperationAllowsTheNeighboursOfItsResultOnly() {
    Bounded third = rounding.over(Bounded.of(1), Bounded.of(3));
    assertThat(third.low()).isLessThan(third.high());
    assertThat(DType.FLOAT.up(third.low())).isEqualTo(third.high());
    assertThat(third.accepts(1.0f / 3)).isTrue();
  }
}
