package dev.alig;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PrecisionTest {
  /** Recorded with torch 2.15.0: {@code torch.tensor(value, dtype=torch.float32).to(half)}. */
  @ParameterizedTest
  @CsvSource({
    "HALF, 65519.99, 0x1.ffcp15",
    "HALF, 65520, Infinity",
    "HALF, -3.4e38, -Infinity",
    "HALF, 1.00048828125, 0x1p0",
    "HALF, 1.00146484375, 0x1.008p0",
    "HALF, 2.9802322387695312e-08, 0",
    "HALF, 8.940696716308594e-08, 0x1p-23",
    "HALF, -1e-8, -0.0",
    "HALF, 0.1, 0x1.998p-4",
    "HALF, -0.3, -0x1.334p-2",
    "BFLOAT16, 65519.99, 0x1p16",
    "BFLOAT16, 3.39e38, 0x1.fep127",
    "BFLOAT16, 3.4e38, Infinity",
    "BFLOAT16, 1.00390625, 0x1p0",
    "BFLOAT16, 1.01171875, 0x1.04p0",
    "BFLOAT16, 1e-41, 0",
    "BFLOAT16, -4.6e-41, -0x1p-133",
    "BFLOAT16, 0.1, 0x1.9ap-4"
  })
  void roundsHalvesAsTorchDoes(Precision precision, String value, String rounded) {
    assertThat(precision.round(Double.parseDouble(value))).isEqualTo(Double.valueOf(rounded));
  }

  @Test
  void roundsHalvesThroughFloat() {
    double justAboveATie = 1 + 0x1p-11 + 0x1p-40;
    assertThat(Precision.HALF.round(justAboveATie)).isEqualTo(1);
  }

  @Property
  void roundsToFloatLikeACast(@ForAll double value) {
    assertThat(Precision.FLOAT.round(value)).isEqualTo(Double.valueOf((float) value));
  }

  @Property
  void leavesDoublesAlone(@ForAll double value) {
    assertThat(Precision.DOUBLE.round(value)).isEqualTo(Double.valueOf(value));
  }

  @Property
  void roundingTwiceChangesNothing(@ForAll Precision precision, @ForAll double value) {
    double once = precision.round(value);
    assertThat(precision.round(once)).isEqualTo(Double.valueOf(once));
  }

  @Property
  void truncatesABfloat16OfEightBitsExactly(@ForAll short bits) {
    float value = Float.intBitsToFloat(bits << 16);
    assertThat(Precision.BFLOAT16.round(value)).isEqualTo(Double.valueOf(value));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void keepsWhatIsNotANumber(Precision precision) {
    assertThat(precision.round(Double.NaN)).isNaN();
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void keepsInfinities(Precision precision) {
    assertThat(precision.round(Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({"HALF", "BFLOAT16", "FLOAT"})
  void takesHyperparametersInFloat(Precision precision) {
    assertThat(precision.scalar(0.1)).isEqualTo((float) 0.1);
  }

  @Test
  void takesHyperparametersOfDoublesAsTheyAre() {
    assertThat(Precision.DOUBLE.scalar(0.1)).isEqualTo(0.1);
  }
}
