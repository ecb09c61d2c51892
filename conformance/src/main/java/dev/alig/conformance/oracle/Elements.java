package dev.alig.conformance.oracle;

import dev.alig.conformance.DType;
import dev.alig.conformance.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/** A tensor's elements in shared memory, dense and in row-major order, from a buffer's position. */
final class Elements {
  private Elements() {}

  static void put(Tensor tensor, DType dtype, ByteBuffer target) {
    for (int e = 0; e < tensor.size(); e++) {
      if (dtype == DType.FLOAT) {
        target.putInt(RawCast.narrow(tensor.get(e)));
      } else {
        target.putDouble(tensor.get(e));
      }
    }
  }

  static Tensor get(List<Integer> shape, DType dtype, ByteBuffer source) {
    double[] values = new double[Tensor.size(shape)];
    for (int e = 0; e < values.length; e++) {
      values[e] = dtype == DType.FLOAT ? RawCast.widen(source.getInt()) : source.getDouble();
    }
    return Tensor.of(shape, values);
  }
}
