package dev.alig.conformance.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.model.DType;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RealTest {
  private static double any(long bits) {
    double value = Double.longBitsToDouble(bits);
    return Double.isFinite(value) ? value : 1.5;
  }

  @Property
  void aDoubleComesBack(@ForAll long bits) {
    double value = any(bits);
    assertThat(Real.of(value).toDouble()).isEqualTo(value == 0 ? 0.0 : value);
  }

  @Property
  void sumsAndProductsRoundAsBigDecimalDoes(@ForAll long first, @ForAll long second) {
    double a = any(first);
    double b = any(second);
    BigDecimal sum = new BigDecimal(a).add(new BigDecimal(b));
    BigDecimal product = new BigDecimal(a).multiply(new BigDecimal(b));
    assertThat(Real.of(a).plus(Real.of(b)).toDouble()).isEqualTo(sum.doubleValue());
    assertThat(Real.of(a).times(Real.of(b)).toDouble() + 0.0)
        .isEqualTo(product.doubleValue() + 0.0);
    assertThat(Real.of(a).plus(Real.of(b)).rounded(DType.FLOAT)).isEqualTo(sum.floatValue());
  }

  @Property
  void quotientsAndRootsRoundAsTheHostDoes(@ForAll long first, @ForAll long second) {
    double a = Math.abs(any(first));
    double b = any(second) == 0 ? 1 : any(second);
    assertThat(Real.of(a).over(Real.of(b)).toDouble() + 0.0).isEqualTo(a / b + 0.0);
    assertThat(Real.of(a).root().toDouble()).isEqualTo(Math.sqrt(a));
  }

  @Property
  void directedRoundingEnclosesAndIsTight(@ForAll long first, @ForAll long second) {
    Real product = Real.of(any(first)).times(Real.of(any(second)));
    for (DType dtype : DType.values()) {
      double down = product.down(dtype);
      double up = product.up(dtype);
      double nearest = product.rounded(dtype);
      assertThat(down == nearest || up == nearest).isTrue();
      assertThat(up == down || up == dtype.up(down)).isTrue();
      assertThat(down == Double.NEGATIVE_INFINITY || Real.of(down).compareTo(product) <= 0)
          .isTrue();
      assertThat(up == Double.POSITIVE_INFINITY || Real.of(up).compareTo(product) >= 0).isTrue();
    }
  }

  @Property
  void rootsRoundedDownAndUpEnclose(@ForAll long bits) {
    double square = Math.abs(any(bits));
    double root = Math.sqrt(square);
    double down = Real.of(square).rootDown(DType.DOUBLE);
    double up = Real.of(square).rootUp(DType.DOUBLE);
    assertThat(root == down || root == up).isTrue();
    assertThat(up == down || up == Math.nextUp(down)).isTrue();
    assertThat(Real.of(square).root().toDouble()).isEqualTo(root);
    assertThat(Real.of(square).squared().rootDown(DType.DOUBLE)).isEqualTo(square);
    assertThat(Real.of(square).squared().rootUp(DType.DOUBLE)).isEqualTo(square);
  }

  @Test
  void tiesGoToEven() {
    Real half = Real.of(0.5);
    Real smallest = Real.of(Float.MIN_VALUE);
    assertThat(smallest.times(half).rounded(DType.FLOAT)).isZero();
    assertThat(smallest.times(half).plus(smallest).rounded(DType.FLOAT))
        .isEqualTo(2.0 * Float.MIN_VALUE);
  }

  @Test
  void tooLargeBecomesInfinite() {
    Real large = Real.of(Float.MAX_VALUE).times(Real.of(1 + 0x1p-24));
    assertThat(large.rounded(DType.FLOAT)).isInfinite();
    assertThat(large.down(DType.FLOAT)).isEqualTo(Float.MAX_VALUE);
    assertThat(large.negated().down(DType.FLOAT)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(() -> Real.of(Double.NaN)).hasMessageContaining("NaN");
  }
}
