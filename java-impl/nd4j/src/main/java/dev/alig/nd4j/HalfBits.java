package dev.alig.nd4j;

/**
 * The bit patterns of the two half formats.
 *
 * <p>Both conversions are exact; {@code fromFloat} takes only values of the format. NaN loses its
 * payload.
 */
enum HalfBits {
  /** 1 sign bit, 5 exponent bits, 10 fraction bits. */
  BINARY16 {
    @Override
    float toFloat(short bits) {
      int magnitude = bits & 0x7FFF;
      float scaled = Float.intBitsToFloat(magnitude << 13) * REBIAS;
      float value = magnitude >= INFINITE ? special(magnitude) : scaled;
      return bits < 0 ? -value : value;
    }

    @Override
    short fromFloat(float value) {
      int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
      float magnitude = Math.abs(value);
      if (Float.isNaN(magnitude)) {
        return NAN;
      }
      int bits =
          magnitude == Float.POSITIVE_INFINITY
              ? INFINITE
              : Float.floatToRawIntBits(magnitude / REBIAS) >>> 13;
      return (short) (sign | bits);
    }
  },

  /** The upper half of a {@code float}. */
  BFLOAT16 {
    @Override
    float toFloat(short bits) {
      return Float.intBitsToFloat(bits << 16);
    }

    @Override
    short fromFloat(float value) {
      return (short) (Float.floatToIntBits(value) >>> 16);
    }
  };

  /** Changes the exponent bias from 127 to 15, also for subnormal numbers. */
  private static final float REBIAS = 0x1p112f;

  private static final int INFINITE = 0x7C00;
  private static final short NAN = 0x7E00;

  abstract float toFloat(short bits);

  abstract short fromFloat(float value);

  private static float special(int magnitude) {
    return magnitude == INFINITE ? Float.POSITIVE_INFINITY : Float.NaN;
  }
}
