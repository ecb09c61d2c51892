package dev.alig.experiments.graph;

import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** Tensors of float or double, from and to Java's doubles. */
public final class Tensors {
  private Tensors() {}

  /** A tensor of these values, row by row, each rounded to the type; the caller closes it. */
  public static <T extends TNumber> T of(Class<T> type, double[] values, long... shape) {
    T tensor = Tensor.of(type, Shape.of(shape));
    if (tensor.asRawTensor().data().size() == 0 || tensor.size() != values.length) {
      throw new IllegalArgumentException(
          "shape %s does not hold %d values".formatted(tensor.shape(), values.length));
    }
    if (type == TFloat64.class) {
      tensor.asRawTensor().data().asDoubles().write(values);
      return tensor;
    }
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    tensor.asRawTensor().data().asFloats().write(narrow);
    return tensor;
  }

  /** The number that a tensor without dimensions holds. */
  public static double number(Tensor tensor) {
    return tensor instanceof TFloat64 wide ? wide.getDouble() : ((TFloat32) tensor).getFloat();
  }
}
