package dev.alig.tensorflow;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * Σ‖x‖² over tensors x. It uses the kernel l2Loss, half the sum of squares, because that is the
 * only kernel that reads a tensor once and writes a scalar.
 *
 * <p>TFloat16 and TBfloat16 are converted to TFloat32 for the sum, because in those types the sum
 * stops growing early. Each norm is then rounded to the type, squared and summed in it, as in
 * {@code alig.th}.
 */
final class Squares {
  private Squares() {}

  /**
   * The sum over one or more tensors.
   *
   * @param tensors all of type {@code type}
   */
  static <T extends TNumber> Operand<T> sum(Ops tf, Class<T> type, List<Operand<T>> tensors) {
    if (type != TFloat32.class && type != TFloat64.class) {
      return total(tf, tensors.stream().map(tensor -> ofHalf(tf, type, tensor)).toList());
    }
    List<Operand<T>> halves = tensors.stream().<Operand<T>>map(tf.nn::l2Loss).toList();
    return tf.math.mul(total(tf, halves), two(tf, type));
  }

  /** The same sum in TFloat64, in which a sum over elements of another type does not overflow. */
  static <T extends TNumber> Operand<TFloat64> wideSum(Ops tf, List<Operand<T>> tensors) {
    List<Operand<TFloat64>> wide =
        tensors.stream()
            .<Operand<TFloat64>>map(tensor -> tf.dtypes.cast(tensor, TFloat64.class))
            .toList();
    return sum(tf, TFloat64.class, wide);
  }

  private static <T extends TNumber> Operand<T> ofHalf(Ops tf, Class<T> type, Operand<T> tensor) {
    Operand<TFloat32> half = tf.nn.l2Loss(tf.dtypes.cast(tensor, TFloat32.class));
    Operand<TFloat32> norm = tf.math.sqrt(tf.math.mul(half, tf.constant(2f)));
    Operand<T> rounded = tf.dtypes.cast(norm, type);
    return tf.math.mul(rounded, rounded);
  }

  private static <T extends TNumber> Operand<T> two(Ops tf, Class<T> type) {
    return tf.dtypes.cast(tf.constant(2.0), type);
  }

  private static <T extends TNumber> Operand<T> total(Ops tf, List<Operand<T>> parts) {
    return parts.size() == 1 ? parts.get(0) : tf.math.addN(parts);
  }
}
