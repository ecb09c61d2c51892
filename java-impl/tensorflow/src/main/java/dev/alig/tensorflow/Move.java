package dev.alig.tensorflow;

import dev.alig.MomentumForm;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * The update of a group's variables w with gradients g and step size γ, by one kernel per variable.
 *
 * <ul>
 *   <li>No momentum: ApplyGradientDescent, w ← w − γg.
 *   <li>Adjusted momentum: ApplyMomentum with Nesterov's step. Its slot a is −v: a ← μa + g, w ← w
 *       − (γg + γμa).
 *   <li>Standard momentum: the same kernel with learning rate −1 and gradient −γg. Its slot is v: v
 *       ← μv − γg, w ← w − (γg − μv).
 * </ul>
 *
 * <p>Resource variables have ResourceApplyGradientDescent, ResourceApplyMomentum, and for standard
 * momentum ResourceApplyKerasMomentum: v ← μv − γg, w ← w + (μv − γg). The results are the same,
 * except perhaps for signs of zeros.
 *
 * <p>The kernels round each product and each sum, and may flush denormals to zero.
 */
final class Move<T extends TNumber> {
  private final MomentumForm form;
  private final Trainable.Scalars<T> scalars;

  /**
   * An update. It converts its scalars to the variables' type once.
   *
   * @param momentum empty for no momentum
   */
  Move(
      Ops tf,
      Class<T> type,
      MomentumForm form,
      Operand<TFloat64> stepSize,
      Optional<Operand<TFloat64>> momentum) {
    this.form = form;
    Operand<T> narrow = tf.dtypes.cast(stepSize, type);
    this.scalars =
        new Trainable.Scalars<>(
            narrow, tf.math.neg(narrow), momentum.map(value -> tf.dtypes.cast(value, type)));
  }

  /**
   * The operation that updates one variable.
   *
   * @param slot its momentum, if the group has any
   */
  Op of(Ops tf, Trainable<T> variable, Operand<T> gradient, Optional<Trainable<T>> slot) {
    if (scalars.momentum().isEmpty()) {
      return variable.descend(tf, gradient, scalars);
    }
    return switch (form) {
      case STANDARD -> variable.standard(tf, gradient, slot.orElseThrow(), scalars);
      case ADJUSTED -> variable.adjusted(tf, gradient, slot.orElseThrow(), scalars);
    };
  }
}
