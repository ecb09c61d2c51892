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
 * Projects variables w onto the l2 ball. If √Σ‖w‖² exceeds the radius, each variable is multiplied
 * by (1/√Σ‖w‖²)·radius, as in {@code alig.th}. Otherwise nothing is written.
 */
final class Projection {
  private Projection() {}

  /**
   * Adds the projection to a graph.
   *
   * @param after the operations that must end before the variables are read
   * @return an operation that ends when all variables lie in the ball
   */
  static <T extends TNumber> Op build(
      Ops scope,
      Class<T> type,
      List<Trainable<T>> variables,
      double radius,
      boolean wideNorm,
      List<Op> after) {
    Ops tf = scope.withControlDependencies(List.of(scope.withControlDependencies(after).noOp()));
    List<Operand<T>> values = variables.stream().map(variable -> variable.value(tf)).toList();
    Operand<TFloat64> wide = tf.withName("radius").constant(radius);
    SwitchCond<T> outside =
        wideNorm
            ? outside(tf, type, Squares.wideSum(tf, values), wide)
            : outside(tf, type, Squares.sum(tf, type, values), tf.dtypes.cast(wide, type));
    List<Op> scaled = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Operand<T> inside = tf.math.mul(values.get(i), outside.outputTrue());
      scaled.add(variables.get(i).assign(tf, inside));
    }
    // Only one of the two branches runs. The merge ends when that branch ends.
    Operand<T> done = tf.withControlDependencies(scaled).identity(outside.outputTrue());
    return tf.merge(List.of(outside.outputFalse(), done));
  }

  /**
   * The factor, computed in the norm's type. Its true branch runs if the variables lie outside the
   * ball.
   */
  private static <T extends TNumber, N extends TNumber> SwitchCond<T> outside(
      Ops tf, Class<T> type, Operand<N> squares, Operand<N> most) {
    Operand<N> norm = tf.math.sqrt(squares);
    Operand<N> one = tf.dtypes.cast(tf.constant(1.0), squares.type());
    Operand<N> factor = tf.math.mul(tf.math.div(one, norm), most);
    return tf.switchCond(ofType(tf, type, factor), tf.math.greater(norm, most));
  }

  /**
   * The value in a type; the operand itself if it has the type already, so that no operation is
   * added.
   */
  @SuppressWarnings("unchecked")
  private static <T extends TNumber> Operand<T> ofType(Ops tf, Class<T> type, Operand<?> value) {
    return value.type() == type
        ? (Operand<T>) value
        : tf.dtypes.cast((Operand<? extends TNumber>) value, type);
  }
}
