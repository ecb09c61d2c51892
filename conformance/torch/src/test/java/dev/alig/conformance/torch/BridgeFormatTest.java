package dev.alig.conformance.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.torch.BridgeFormat.Kind;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BridgeFormatTest {
  @ParameterizedTest
  @CsvSource({
    "FLOAT16,  3C00,             1.0",
    "FLOAT16,  8001,             -0x1p-24",
    "FLOAT16,  7BFF,             65504.0",
    "FLOAT16,  FC00,             -Infinity",
    "BFLOAT16, 3F80,             1.0",
    "BFLOAT16, 8000,             -0.0",
    "BFLOAT16, 0001,             0x1p-133",
    "FLOAT32,  7FC00001,         NaN",
    "FLOAT64,  0000000000000001, 0x1p-1074",
    "FLOAT64,  7FEFFFFFFFFFFFFF, 0x1.fffffffffffffp1023"
  })
  void bitsStandForNumbers(BridgeFormat format, String bits, double value) {
    assertThat(format.value(Long.parseUnsignedLong(bits, 16))).isEqualTo(Double.valueOf(value));
  }

  @Test
  void floatsAndDoublesAreTakenForWhatJavaTakesThem() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 100_000; i++) {
      long bits = random.nextLong();
      assertThat(BridgeFormat.FLOAT64.value(bits))
          .isEqualTo(Double.valueOf(Double.longBitsToDouble(bits)));
      int low = (int) bits;
      assertThat(BridgeFormat.FLOAT32.value(Integer.toUnsignedLong(low)))
          .isEqualTo(Double.valueOf(Float.intBitsToFloat(low)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void drawsAreOfTheKindAskedFor(BridgeFormat format) {
    SplittableRandom random = new SplittableRandom(3);
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < 1000 && kind != Kind.RANDOM; i++) {
        long bits = format.draw(kind, random);
        // All ones is a quiet NaN too.
        assertThat(format.kindOf(bits)).isIn(kind, Kind.ALL_ONES);
        assertThat(bits & ~format.mask()).isZero();
      }
    }
  }
}
