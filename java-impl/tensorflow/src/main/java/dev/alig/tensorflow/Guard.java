package dev.alig.tensorflow;

import dev.alig.NegativeLoss;
import dev.alig.NonFinite;
import dev.alig.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.SwitchCond;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * The conditions that must hold before a step writes a variable. If one does not hold, the run
 * fails, or the step is skipped and changes no variable.
 */
final class Guard {
  private final Ops tf;
  private final List<Op> required = new ArrayList<>();
  private Optional<SwitchCond<TBool>> taken = Optional.empty();
  private Optional<Operand<TBool>> condition = Optional.empty();

  Guard(Ops tf) {
    this.tf = tf;
  }

  /** Adds the conditions that the settings put on loss and gradients. */
  <T extends TNumber> void addPolicies(
      Settings settings, Operand<T> loss, List<Operand<T>> gradients) {
    Optional<Operand<TBool>> finite =
        settings.nonFinite() == NonFinite.PROPAGATE
            ? Optional.empty()
            : Optional.of(finite(loss, gradients));
    if (settings.nonFinite() == NonFinite.REFUSE) {
      require(
          finite.orElseThrow(),
          "loss and gradients must be finite; choose NonFinite.SKIP to skip such steps;"
              + " loss was",
          loss);
    } else if (settings.nonFinite() == NonFinite.SKIP) {
      condition = finite;
      taken = finite.map(value -> tf.switchCond(value, value));
    }
    if (settings.negativeLoss() == NegativeLoss.REFUSE) {
      requireBound(settings.lowerBound(), loss);
    }
  }

  /** Requires the loss to be at least its lower bound. A skipped step may have any loss. */
  private void requireBound(double lowerBound, Operand<? extends TNumber> loss) {
    Operand<TFloat64> wide = tf.dtypes.cast(loss, TFloat64.class);
    // TensorFlow's graph optimizer replaces "not less" by "greater or equal", which is false for
    // NaN.
    Operand<TBool> bounded =
        tf.math.logicalOr(tf.math.greaterEqual(wide, tf.constant(lowerBound)), tf.math.isNan(wide));
    require(
        condition
            .<Operand<TBool>>map(c -> tf.math.logicalOr(bounded, tf.math.logicalNot(c)))
            .orElse(bounded),
        "loss must be >= its lower bound "
            + lowerBound
            + "; lower the bound, or choose NegativeLoss.STOP or ASCEND; loss was",
        loss);
  }

  /** Makes a run fail if the condition does not hold; the error shows the value. */
  void require(Operand<TBool> condition, String message, Operand<?> value) {
    required.add(tf.assertThat(condition, List.of(tf.constant(message), value)));
  }

  /** Whether the step is taken and not skipped; empty if steps are always taken. */
  Optional<Operand<TBool>> isTaken() {
    return condition;
  }

  /**
   * The operations that each write must wait for. If the step is skipped, operations that wait for
   * them do not run.
   */
  List<Op> before() {
    List<Op> before = new ArrayList<>(required);
    taken.ifPresent(cond -> before.add(tf.identity(cond.outputTrue())));
    return before;
  }

  /** An operation that ends when all writes have ended or the step is skipped. */
  Op after(List<Op> writes) {
    Op all = tf.withControlDependencies(writes).noOp();
    if (taken.isEmpty()) {
      return all;
    }
    Operand<TBool> done = tf.withControlDependencies(all).identity(taken.get().outputTrue());
    return tf.merge(List.of(taken.get().outputFalse(), done));
  }

  private <T extends TNumber> Operand<TBool> finite(Operand<T> loss, List<Operand<T>> gradients) {
    return tf.math.logicalAnd(tf.math.isFinite(loss), allFinite(tf, gradients));
  }

  /** Whether every element of these tensors is finite. */
  static <T extends TNumber> Operand<TBool> allFinite(Ops tf, List<Operand<T>> tensors) {
    Operand<TBool> finite = tf.constant(true);
    for (Operand<T> gradient : tensors) {
      Operand<TBool> flat = tf.reshape(tf.math.isFinite(gradient), tf.constant(new int[] {-1}));
      finite = tf.math.logicalAnd(finite, tf.reduceAll(flat, tf.constant(0)));
    }
    return finite;
  }
}
