package dev.alig.tensorflow;

import dev.alig.MomentumForm;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ApplyGradientDescent;
import org.tensorflow.op.train.ApplyMomentum;
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
 * <p>The kernels round each product and each sum, and may flush denormals to zero.
 */
final class Move<T extends TNumber> {
  private final boolean standard;
  private final Operand<T> stepSize;
  private final Operand<T> negated;
  private final Optional<Operand<T>> momentum;

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
    this.standard = form == MomentumForm.STANDARD;
    this.stepSize = tf.dtypes.cast(stepSize, type);
    this.negated = tf.math.neg(this.stepSize);
    this.momentum = momentum.map(value -> tf.dtypes.cast(value, type));
  }

  /**
   * The operation that updates one variable.
   *
   * @param slot its momentum, if the group has any
   */
  Op of(Ops tf, Operand<T> variable, Operand<T> gradient, Optional<? extends Operand<T>> slot) {
    if (momentum.isEmpty()) {
      return tf.train.applyGradientDescent(
          variable, stepSize, gradient, ApplyGradientDescent.useLocking(true));
    }
    return tf.train.applyMomentum(
        variable,
        slot.orElseThrow(),
        standard ? tf.dtypes.cast(tf.constant(-1.0), gradient.type()) : stepSize,
        standard ? tf.math.mul(gradient, negated) : gradient,
        momentum.get(),
        ApplyMomentum.useNesterov(true),
        ApplyMomentum.useLocking(true));
  }
}
