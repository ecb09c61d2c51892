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
 * The update of a group's variables w along gradients g by the step size γ, in one kernel each.
 *
 * <ul>
 *   <li>Without momentum ApplyGradientDescent: w ← w − γg.
 *   <li>Adjusted, ApplyMomentum with Nesterov's step, whose slot a is −v: a ← μa + g, w ← w − (γg +
 *       γμa).
 *   <li>Standard, the same kernel with learning rate −1 and gradient −γg, whose slot is v: v ← μv −
 *       γg, w ← w − (γg − μv).
 * </ul>
 *
 * <p>The kernels round every product and sum by itself and may flush denormals to zero.
 */
final class Move<T extends TNumber> {
  private final boolean standard;
  private final Operand<T> stepSize;
  private final Operand<T> negated;
  private final Optional<Operand<T>> momentum;

  /**
   * A move whose scalars are converted to the variables' type once.
   *
   * @param momentum empty for none
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
   * The operation that moves one variable.
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
