package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.SwitchCond;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * Brings variables w into the l2 ball: where √Σ‖w‖² exceeds the radius, each is multiplied by
 * (1/√Σ‖w‖²)·radius, as {@code alig.th} does it. Inside the ball nothing is written.
 */
final class Projection {
  private Projection() {}

  /**
   * Adds the projection to a graph.
   *
   * @param after what must have happened before the variables are read
   * @return an operation that ends when all variables lie in the ball
   */
  static <T extends TNumber> Op build(
      Ops scope, Class<T> type, List<Operand<T>> variables, double radius, List<Op> after) {
    Ops tf = scope.withControlDependencies(List.of(scope.withControlDependencies(after).noOp()));
    Operand<TFloat64> wide = tf.withName("radius").constant(radius);
    Operand<T> most = tf.dtypes.cast(wide, type);
    Operand<T> norm = tf.math.sqrt(Squares.sum(tf, type, variables));
    Operand<T> one = tf.dtypes.cast(tf.constant(1.0), type);
    Operand<T> factor = tf.math.mul(tf.math.div(one, norm), most);
    SwitchCond<T> outside = tf.switchCond(factor, tf.math.greater(norm, most));
    List<Op> scaled = new ArrayList<>();
    for (Operand<T> variable : variables) {
      scaled.add(tf.assign(variable, tf.math.mul(variable, outside.outputTrue())));
    }
    // Only one of the two branches runs; the merge ends with either.
    Operand<T> done = tf.withControlDependencies(scaled).identity(outside.outputTrue());
    return tf.merge(List.of(outside.outputFalse(), done));
  }
}
