package dev.alig.experiments.networks;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** A {@link Loss} in operations of TensorFlow that have a gradient. */
public final class GraphLoss {
  private GraphLoss() {}

  /**
   * The loss of a batch.
   *
   * @param scores one row per image
   * @param wanted one row per image, with 1 at its class and 0 elsewhere
   * @throws IllegalArgumentException for the hinge loss, which networks of Deeplearning4j have
   */
  public static <T extends TFloating> Operand<T> of(
      Ops tf, Loss loss, Operand<T> scores, Operand<T> wanted) {
    if (loss instanceof Loss.Hinge) {
      throw new IllegalArgumentException("the hinge loss is not built for TensorFlow");
    }
    Operand<T> each =
        loss instanceof Loss.Truncated truncated
            ? truncated(tf, truncated.places(), scores, wanted)
            : crossEntropy(tf, scores, wanted);
    return tf.math.mean(each, tf.constant(0));
  }

  private static <T extends TFloating> Operand<T> crossEntropy(
      Ops tf, Operand<T> scores, Operand<T> wanted) {
    Operand<T> chosen = tf.math.mul(wanted, tf.nn.logSoftmax(scores));
    return tf.math.neg(tf.reduceSum(chosen, tf.constant(1)));
  }

  /** The operation that finds the highest scores takes that of the lower class of equal ones. */
  private static <T extends TFloating> Operand<T> truncated(
      Ops tf, int places, Operand<T> scores, Operand<T> wanted) {
    int classes = Math.toIntExact(scores.shape().get(1));
    Operand<T> one = number(tf, 1, scores);
    Operand<TInt32> axis = tf.constant(1);
    TopK<T, TInt32> highest =
        tf.nn.topK(scores, tf.constant(Math.min(places, classes)), TInt32.class);
    Operand<T> left =
        tf.reduceSum(
            tf.oneHot(highest.indices(), tf.constant(classes), one, number(tf, 0, scores)), axis);
    // Which classes count has no gradient, and TensorFlow has none of the operation that finds it.
    Operand<T> counted =
        tf.stopGradient(tf.math.mul(tf.math.sub(one, left), tf.math.sub(one, wanted)));
    Operand<T> own = tf.reduceSum(tf.math.mul(scores, wanted), axis, ReduceSum.keepDims(true));
    Operand<T> gaps =
        tf.math.minimum(tf.math.sub(scores, own), number(tf, Loss.Truncated.MOST, scores));
    return tf.math.log1p(tf.reduceSum(tf.math.mul(tf.math.exp(gaps), counted), axis));
  }

  private static <T extends TFloating> Operand<T> number(Ops tf, double value, Operand<T> like) {
    return tf.dtypes.cast(tf.constant(value), like.type());
  }
}
