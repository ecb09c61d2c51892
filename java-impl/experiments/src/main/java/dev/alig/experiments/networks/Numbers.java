package dev.alig.experiments.networks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.RawTensor;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Converts TensorFlow's tensors to arrays, and arrays to the bytes of tensors. */
final class Numbers {
  private Numbers() {}

  static List<Integer> list(int[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  /** All elements of a tensor of floats or doubles, row by row. */
  static double[] doubles(Tensor tensor) {
    RawTensor raw = tensor.asRawTensor();
    double[] values = new double[Math.toIntExact(tensor.shape().size())];
    if (tensor instanceof TFloat32) {
      float[] floats = new float[values.length];
      raw.data().asFloats().read(floats);
      Arrays.setAll(values, i -> floats[i]);
    } else {
      raw.data().asDoubles().read(values);
    }
    return values;
  }

  /** The rows of a matrix. */
  static float[][] rows(Tensor tensor) {
    double[] all = doubles(tensor);
    float[][] rows = new float[Math.toIntExact(tensor.shape().get(0))][];
    int columns = all.length / rows.length;
    for (int row = 0; row < rows.length; row++) {
      rows[row] = new float[columns];
      for (int column = 0; column < columns; column++) {
        rows[row][column] = (float) all[row * columns + column];
      }
    }
    return rows;
  }

  /** Numbers as the bytes of a tensor of this type. */
  static byte[] bytes(double[] values, Class<? extends TType> type) {
    boolean single = type == TFloat32.class;
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * (single ? Float.BYTES : Double.BYTES))
            .order(ByteOrder.nativeOrder());
    for (double value : values) {
      if (single) {
        bytes.putFloat((float) value);
      } else {
        bytes.putDouble(value);
      }
    }
    return bytes.array();
  }
}
