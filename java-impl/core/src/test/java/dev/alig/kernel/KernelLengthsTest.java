package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alig.Precision;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Every kernel refuses slices of unequal lengths before it writes to any. */
class KernelLengthsTest {
  private static final double[] TWO = {1, 2};
  private static final double[] THREE = {1, 2, 3};

  @Property
  void moreGradientsThanParametersAreRefused(@ForAll Precision precision, @ForAll Move move) {
    assertRefused(Elements.of(precision), move, TWO, THREE);
  }

  @Property
  void moreMomentaThanParametersAreRefused(@ForAll Precision precision) {
    assertRefused(Elements.of(precision), Move.STANDARD, THREE, TWO);
    assertRefused(Elements.of(precision), Move.ADJUSTED, THREE, TWO);
  }

  private static <A> void assertRefused(
      Elements<A> elements, Move move, double[] momenta, double[] gradients) {
    Slice<A> p = elements.slice(TWO, 0);
    Slice<A> v = elements.slice(momenta, 0);
    Slice<A> g = elements.slice(gradients, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> move.on(elements.kernel(), p, v, g, 0.5, 0.5))
        .withMessageContaining("slices must have equal lengths, had 2 and 3");
    assertThat(elements.values(p)).isEqualTo(TWO);
    assertThat(elements.values(v)).isEqualTo(momenta);
  }
}
