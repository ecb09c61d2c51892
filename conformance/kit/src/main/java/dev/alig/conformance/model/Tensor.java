package dev.alig.conformance.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apiguardian.api.API;

/**
 * An immutable array of numbers in row-major order.
 *
 * <p>Values are doubles whatever the dtype. Every float is a double, so nothing is lost.
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Tensor {
  private final List<Integer> shape;
  private final double[] values;

  private Tensor(List<Integer> shape, double[] values) {
    this.shape = List.copyOf(shape);
    this.values = values;
    if (size(shape) != values.length) {
      throw new IllegalArgumentException(
          "shape " + shape + " holds " + size(shape) + " values, was given " + values.length);
    }
  }

  /** A tensor of the given shape; an empty shape is a scalar of one value. */
  public static Tensor of(List<Integer> shape, double... values) {
    return new Tensor(shape, values.clone());
  }

  /** A tensor of one dimension. */
  public static Tensor vector(double... values) {
    return new Tensor(List.of(values.length), values.clone());
  }

  /** A tensor of zeros. */
  public static Tensor zeros(List<Integer> shape) {
    return new Tensor(shape, new double[size(shape)]);
  }

  /** The lengths of the dimensions. */
  public List<Integer> shape() {
    return shape;
  }

  /** The number of elements. */
  public int size() {
    return values.length;
  }

  /** The element at a row-major position. */
  public double get(int index) {
    return values[index];
  }

  /** A copy of the elements in row-major order. */
  public double[] toArray() {
    return values.clone();
  }

  /** A tensor of this shape with each element changed. */
  public Tensor map(DoubleUnaryOperator change) {
    return new Tensor(shape, Arrays.stream(values).map(change).toArray());
  }

  /** The number of elements that a shape holds. */
  public static int size(List<Integer> shape) {
    int size = 1;
    for (int length : shape) {
      size = Math.multiplyExact(size, length);
    }
    return size;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && shape.equals(that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return shape + Arrays.toString(values);
  }
}
