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
 * What must hold before a step writes anything: a refusal fails the run, a skip leaves all
 * variables as they are.
 */
final class Guard {
  private final Ops tf;
  private final List<Op> required = new ArrayList<>();
  private Optional<SwitchCond<TBool>> taken = Optional.empty();
  private Optional<Operand<TBool>> condition = Optional.empty();

  Guard(Ops tf) {
    this.tf = tf;
  }

  /** Adds what the settings ask of loss and gradients. */
  <T extends TNumber> void addPolicies(
      Settings settings, Operand<T> loss, List<Operand<T>> gradients) {
    Optional<Operand<TBool>> finite =
        settings.nonFinite() == NonFinite.PROPAGATE
            ? Optional.empty()
            : Optional.of(finite(loss, gradients));
    if (settings.nonFinite() == NonFinite.REFUSE) {
      require(
          finite.orElseThrow(),
          "loss and gradients must be finite; choose NonFinite.SKIP to pass over such steps;"
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

  /** A step that is skipped may have any loss. */
  private void requireBound(double lowerBound, Operand<? extends TNumber> loss) {
    Operand<TFloat64> wide = tf.dtypes.cast(loss, TFloat64.class);
    // TensorFlow's optimizer turns "not less" into "greater or equal", which NaN is not.
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

  /** Fails a run in which the condition does not hold, and says the value. */
  void require(Operand<TBool> condition, String message, Operand<?> value) {
    required.add(tf.assertThat(condition, List.of(tf.constant(message), value)));
  }

  /** Whether a step is taken, for what it reports; empty if it always is. */
  Optional<Operand<TBool>> isTaken() {
    return condition;
  }

  /** What every write must wait for. Where a step is skipped, what waits for it never runs. */
  List<Op> before() {
    List<Op> before = new ArrayList<>(required);
    taken.ifPresent(cond -> before.add(tf.identity(cond.outputTrue())));
    return before;
  }

  /** What ends when the writes have ended, or the step has been skipped. */
  Op after(List<Op> writes) {
    Op all = tf.withControlDependencies(writes).noOp();
    if (taken.isEmpty()) {
      return all;
    }
    Operand<TBool> done = tf.withControlDependencies(all).identity(taken.get().outputTrue());
    return tf.merge(List.of(taken.get().outputFalse(), done));
  }

  private <T extends TNumber> Operand<TBool> finite(Operand<T> loss, List<Operand<T>> gradients) {
    Operand<TBool> finite = tf.math.isFinite(loss);
    for (Operand<T> gradient : gradients) {
      Operand<TBool> flat = tf.reshape(tf.math.isFinite(gradient), tf.constant(new int[] {-1}));
      finite = tf.math.logicalAnd(finite, tf.reduceAll(flat, tf.constant(0)));
    }
    return finite;
  }
}
