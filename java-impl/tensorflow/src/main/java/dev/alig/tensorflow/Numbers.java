package dev.alig.tensorflow;

import org.tensorflow.Output;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.DoubleNdArray;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Converts tensors of the four floating-point types to and from {@code double} arrays. */
final class Numbers {
  private Numbers() {}

  static double[] of(Tensor tensor) {
    double[] numbers = new double[(int) tensor.shape().size()];
    int[] next = {0};
    if (tensor instanceof DoubleNdArray doubles) {
      doubles.scalars().forEach(element -> numbers[next[0]++] = element.getDouble());
    } else {
      ((FloatNdArray) tensor).scalars().forEach(element -> numbers[next[0]++] = element.getFloat());
    }
    return numbers;
  }

  /** A tensor of an output's type; the numbers are rounded to that type. */
  static <T extends TType> Tensor tensor(Output<T> output, Shape shape, double[] numbers) {
    return Tensor.of(output.type(), shape, tensor -> fill(tensor, numbers));
  }

  private static void fill(Tensor tensor, double[] numbers) {
    int[] next = {0};
    if (tensor instanceof DoubleNdArray doubles) {
      doubles.scalars().forEach(element -> element.setDouble(numbers[next[0]++]));
    } else {
      ((FloatNdArray) tensor)
          .scalars()
          .forEach(element -> element.setFloat((float) numbers[next[0]++]));
    }
  }

  /** The relative rounding error of a type. */
  static double unit(Class<?> type) {
    if (type == TBfloat16.class) {
      return 0x1p-8;
    }
    if (type == TFloat16.class) {
      return 0x1p-11;
    }
    return type == TFloat32.class ? 0x1p-24 : 0x1p-53;
  }

  /**
   * Whether an output's values can be fed: numbers or booleans, but no strings, resources and
   * variants.
   */
  static boolean canBeFed(Output<?> output) {
    return switch (output.dataType()) {
      case DT_STRING, DT_RESOURCE, DT_VARIANT -> false;
      default -> !output.dataType().name().endsWith("_REF");
    };
  }
}
