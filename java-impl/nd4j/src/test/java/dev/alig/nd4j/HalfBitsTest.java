package dev.alig.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.ShortPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HalfBitsTest {
  @ParameterizedTest
  @EnumSource(HalfBits.class)
  void everyNumberComesBackBitForBit(HalfBits format) {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = format.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(format.fromFloat(value)).isEqualTo((short) bits);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HalfBits.class)
  void notANumberStaysOne(HalfBits format) {
    assertThat(format.toFloat(format.fromFloat(Float.NaN))).isNaN();
  }

  @ParameterizedTest
  @CsvSource({
    "BINARY16, 3C00, 1",
    "BINARY16, C000, -2",
    "BINARY16, 7BFF, 65504",
    "BINARY16, 0001, 0x1p-24",
    "BINARY16, 7C00, Infinity",
    "BFLOAT16, 3F80, 1",
    "BFLOAT16, FF80, -Infinity",
    "BFLOAT16, 0001, 0x1p-133"
  })
  void readsTheFormat(HalfBits format, String bits, String value) {
    short pattern = (short) Integer.parseInt(bits, 16);
    assertThat(format.toFloat(pattern)).isEqualTo(Float.valueOf(value));
  }

  @Test
  void agreesWithNd4jOnEveryNumber() {
    short[] all = new short[1 << 16];
    for (int bits = 0; bits < all.length; bits++) {
      all[bits] = (short) bits;
    }
    INDArray array = Nd4j.createUninitializedDetached(DataType.FLOAT16, 'c', all.length);
    new ShortPointer(array.data().addressPointer()).put(all);
    INDArray wide = array.castTo(DataType.FLOAT);
    for (int bits = 0; bits < all.length; bits++) {
      assertThat(HalfBits.BINARY16.toFloat((short) bits))
          .isEqualTo(Float.valueOf(wide.getFloat(bits)));
    }
  }
}
