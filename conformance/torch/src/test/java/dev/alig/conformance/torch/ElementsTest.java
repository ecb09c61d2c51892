package dev.alig.conformance.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ElementsTest {
  private static final int DRAWS = 1_000_000;

  @Test
  void everyFloatComesBack() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < DRAWS; i++) {
      int bits = i % 4 == 0 ? 0x7F800000 | random.nextInt() : random.nextInt();
      assertThat(Elements.narrow(Elements.widen(bits))).isEqualTo(bits);
    }
  }

  @Test
  void aNumberIsCastAsJavaCasts() {
    assertThat(Elements.widen(Float.floatToRawIntBits(-0.1f))).isEqualTo((double) -0.1f);
    assertThat(Elements.narrow(0.1)).isEqualTo(Float.floatToRawIntBits(0.1f));
    assertThat(Elements.narrow(1e300)).isEqualTo(Float.floatToRawIntBits(Float.POSITIVE_INFINITY));
  }

  @Test
  void aNanWhosePayloadIsTooSmallStaysNan() {
    int bits = Elements.narrow(Double.longBitsToDouble(0xFFF0_0000_0000_0001L));
    assertThat(bits).isEqualTo(0xFFC0_0000);
  }
}
