package dev.alig.conformance.torch;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor's elements in shared memory, dense and in row-major order, from a buffer's position.
 *
 * <p>Java's own casts between float and double quiet a signalling NaN, and need not keep a payload.
 * The casts here keep every bit of a NaN: they move the sign and the 23 bits of the float's
 * significand to the top of the double's 52, and back.
 */
final class Elements {
  private static final int FLOAT_SIGNIFICAND = 0x007F_FFFF;
  private static final int FLOAT_QUIET = 0x0040_0000;
  private static final int FLOAT_INFINITY = 0x7F80_0000;
  private static final long DOUBLE_INFINITY = 0x7FF0_0000_0000_0000L;
  private static final int MORE_SIGNIFICAND = 52 - 23;

  private Elements() {}

  static void put(Tensor tensor, DType dtype, ByteBuffer target) {
    for (int e = 0; e < tensor.size(); e++) {
      if (dtype == DType.FLOAT) {
        target.putInt(narrow(tensor.get(e)));
      } else {
        target.putDouble(tensor.get(e));
      }
    }
  }

  static Tensor get(List<Integer> shape, DType dtype, ByteBuffer source) {
    double[] values = new double[Tensor.size(shape)];
    for (int e = 0; e < values.length; e++) {
      values[e] = dtype == DType.FLOAT ? widen(source.getInt()) : source.getDouble();
    }
    return Tensor.of(shape, values);
  }

  /** The double of a float's bits. */
  static double widen(int bits) {
    float value = Float.intBitsToFloat(bits);
    if (!Float.isNaN(value)) {
      return value;
    }
    long sign = bits < 0 ? Long.MIN_VALUE : 0;
    long payload = (long) (bits & FLOAT_SIGNIFICAND) << MORE_SIGNIFICAND;
    return Double.longBitsToDouble(sign | DOUBLE_INFINITY | payload);
  }

  /**
   * The bits of a double rounded to float; {@code narrow(widen(bits)) == bits} for all bits.
   *
   * <p>A NaN whose payload lies entirely below the float's bits becomes the quiet NaN without
   * payload.
   */
  static int narrow(double value) {
    if (!Double.isNaN(value)) {
      return Float.floatToRawIntBits((float) value);
    }
    long bits = Double.doubleToRawLongBits(value);
    int sign = bits < 0 ? Integer.MIN_VALUE : 0;
    int payload = (int) (bits >>> MORE_SIGNIFICAND) & FLOAT_SIGNIFICAND;
    return sign | FLOAT_INFINITY | (payload == 0 ? FLOAT_QUIET : payload);
  }
}
