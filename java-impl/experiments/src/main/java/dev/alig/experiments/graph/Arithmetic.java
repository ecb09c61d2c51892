package dev.alig.experiments.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.family.TNumber;

/**
 * Operations of one type with short names, so that a model's formulas are readable.
 *
 * @param <T> float or double
 */
public final class Arithmetic<T extends TNumber> {
  private final Ops tf;
  private final Class<T> type;
  private final Map<Double, Operand<T>> numbers = new HashMap<>();

  /** Creates an instance that adds its operations to a graph. */
  public Arithmetic(Ops tf, Class<T> type) {
    this.tf = tf;
    this.type = type;
  }

  /** A number, which is added to the graph once. */
  public Operand<T> number(double value) {
    return numbers.computeIfAbsent(value, v -> tf.dtypes.cast(tf.constant(v), type));
  }

  /** An array of zeros. */
  public Operand<T> zeros(int... shape) {
    return tf.fill(tf.constant(shape), number(0));
  }

  /** x + y. */
  public Operand<T> plus(Operand<T> x, Operand<T> y) {
    return tf.math.add(x, y);
  }

  /** x − y. */
  public Operand<T> minus(Operand<T> x, Operand<T> y) {
    return tf.math.sub(x, y);
  }

  /** x · y, element by element. */
  public Operand<T> times(Operand<T> x, Operand<T> y) {
    return tf.math.mul(x, y);
  }

  /** x / y, element by element. */
  public Operand<T> over(Operand<T> x, Operand<T> y) {
    return tf.math.div(x, y);
  }

  /** 1 − x. */
  public Operand<T> oneMinus(Operand<T> x) {
    return minus(number(1), x);
  }

  /** The logistic function. */
  public Operand<T> sigmoid(Operand<T> x) {
    return tf.math.sigmoid(x);
  }

  /** The sum over an axis, which is kept with length 1. */
  public Operand<T> sum(Operand<T> x, int axis) {
    return tf.reduceSum(x, tf.constant(axis), ReduceSum.keepDims(true));
  }

  /** A matrix product per example: x times y. */
  public Operand<T> product(Operand<T> x, Operand<T> y) {
    return tf.train.batchMatMul(x, y, type);
  }

  /** A matrix product per example: x times y transposed. */
  public Operand<T> productTransposed(Operand<T> x, Operand<T> y) {
    return tf.train.batchMatMul(x, y, type, BatchMatMul.adjY(true));
  }

  /** The same elements in another shape. */
  public Operand<T> reshape(Operand<T> x, int... shape) {
    return tf.reshape(x, tf.constant(shape));
  }

  /** The concatenation of arrays along the second axis. */
  public Operand<T> concat(List<Operand<T>> parts) {
    return tf.concat(parts, tf.constant(1));
  }

  /** x · weights + bias, of matrices. */
  public Operand<T> linear(Operand<T> x, Operand<T> weights, Operand<T> bias) {
    return plus(tf.linalg.matMul(x, weights), bias);
  }

  /** x within ±bound. */
  public Operand<T> clip(Operand<T> x, double bound) {
    return tf.clipByValue(x, number(-bound), number(bound));
  }
}
