package dev.alig.tensorflow;

import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A condition on a softmax cross-entropy: the labels of each row must sum to 1, or TensorFlow's
 * gradient of it is wrong. Only a step can check it.
 */
record Condition(GraphOperation crossEntropy) {
  /**
   * The greatest deviation. Labels rounded to TBfloat16 have a relative error of at most 2⁻⁹ each,
   * so they sum to 1 within 0.002.
   */
  private static final float ALLOWED = 0.01f;

  /** The conditions for the gradients through these operations. */
  static List<Condition> of(List<Passage> passages) {
    return passages.stream()
        .filter(passage -> passage.operation().type().equals("SoftmaxCrossEntropyWithLogits"))
        .filter(passage -> passage.inputs().contains(0))
        .map(passage -> new Condition(passage.operation()))
        .toList();
  }

  /** Makes a step fail if the condition does not hold. */
  void require(Ops tf, Guard guard) {
    Operand<TFloat32> labels = labels();
    Operand<TInt32> last = tf.constant(-1);
    Operand<TFloat32> sums = tf.reduceSum(labels, last);
    Operand<TFloat32> off = tf.math.abs(tf.math.sub(sums, tf.constant(1f)));
    // NaN is accepted here and reaches the variables, as for other values.
    Operand<TBool> fits =
        tf.math.logicalOr(tf.math.lessEqual(off, tf.constant(ALLOWED)), tf.math.isNan(off));
    guard.require(
        tf.reduceAll(fits, tf.constant(0)),
        crossEntropy.name()
            + " must have labels that sum to 1 in each row, or its gradient in TensorFlow is wrong;"
            + " weight the loss of a row instead of its labels; the sums were",
        sums);
  }

  /**
   * The labels are TFloat32, because TensorFlow has no gradient for other types, and they are
   * refused.
   */
  @SuppressWarnings("unchecked")
  private Operand<TFloat32> labels() {
    return (Operand<TFloat32>) (Operand<?>) crossEntropy.input(1);
  }
}
