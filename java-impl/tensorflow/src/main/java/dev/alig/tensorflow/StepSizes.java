package dev.alig.tensorflow;

import dev.alig.NegativeLoss;
import dev.alig.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * The scalars of a step: min((loss − lowerBound) / (Σ‖g‖² + eps), maxLearningRate).
 *
 * <p>Sum, denominator and quotient are computed in the variables' type. Caps are applied in {@code
 * double}, and with {@link Semantics#TF1} in the variables' type.
 *
 * @param unclipped the step size before the caps
 * @param ofGroups the step size of each group
 * @param mean the mean of the groups' step sizes
 * @param gradientNorm √Σ‖g‖²
 * @param normOverflowed whether Σ‖g‖² is infinite although every gradient is finite
 */
record StepSizes(
    Operand<TFloat64> unclipped,
    List<Operand<TFloat64>> ofGroups,
    Operand<TFloat64> mean,
    Operand<TFloat64> gradientNorm,
    Operand<TBool> normOverflowed) {

  /** The same scalars, with step sizes of 0 if the step is not taken. */
  StepSizes zeroUnless(Ops tf, Operand<TBool> taken) {
    Operand<TFloat64> zero = tf.constant(0.0);
    return new StepSizes(
        unclipped,
        ofGroups.stream().<Operand<TFloat64>>map(s -> tf.select(taken, s, zero)).toList(),
        tf.select(taken, mean, zero),
        gradientNorm,
        normOverflowed);
  }

  /** Adds the scalars to a graph. */
  static final class Builder<T extends TNumber> {
    private final Ops tf;
    private final Class<T> type;
    private final Settings settings;
    private final Semantics semantics;
    private final boolean wideNorm;

    Builder(Ops tf, Class<T> type, Plan plan) {
      this.tf = tf;
      this.type = type;
      this.settings = plan.settings();
      this.semantics = plan.semantics();
      this.wideNorm = plan.settings().wideNorm();
    }

    /**
     * The scalars of a step.
     *
     * @param gradients the gradients of all groups, without absent ones
     * @param caps the cap of each group; empty for no cap
     */
    StepSizes build(
        Operand<T> loss, List<Operand<T>> gradients, List<Optional<Operand<TFloat64>>> caps) {
      Operand<TFloat64> eps = tf.withName("eps").constant(settings.eps());
      Operand<T> numerator = numerator(loss);
      Operand<TFloat64> unclipped;
      Operand<TFloat64> norm;
      Operand<TBool> overflowed = tf.constant(false);
      if (gradients.isEmpty()) {
        // In alig.th the sum is then Python's 0, and it computes with Python's floats.
        Operand<TFloat64> denominator = tf.math.add(tf.constant(0.0), eps);
        unclipped = tf.math.div(wide(numerator), denominator);
        norm = tf.constant(0.0);
      } else if (wideNorm) {
        Operand<TFloat64> squares = Squares.wideSum(tf, gradients);
        unclipped = tf.math.div(wide(numerator), tf.math.add(squares, eps));
        norm = tf.math.sqrt(squares);
        overflowed = overflowed(squares, gradients);
      } else {
        Operand<T> squares = Squares.sum(tf, type, gradients);
        unclipped = wide(tf.math.div(numerator, tf.math.add(squares, tf.dtypes.cast(eps, type))));
        norm = wide(tf.math.sqrt(squares));
        overflowed = overflowed(squares, gradients);
      }
      Optional<Operand<TBool>> stopped = isStopped(numerator);
      List<Operand<TFloat64>> ofGroups = new ArrayList<>();
      for (Optional<Operand<TFloat64>> cap : caps) {
        Operand<TFloat64> capped = cap.map(most -> capped(unclipped, most)).orElse(unclipped);
        Operand<TFloat64> stepSize =
            stopped
                .<Operand<TFloat64>>map(stop -> tf.select(stop, tf.constant(0.0), capped))
                .orElse(capped);
        ofGroups.add(tf.withName("step_size").identity(stepSize));
      }
      return new StepSizes(
          tf.withName("unclipped_step_size").identity(unclipped),
          ofGroups,
          tf.withName("mean_step_size").identity(mean(ofGroups)),
          tf.withName("gradient_norm").identity(norm),
          tf.withName("norm_overflowed").identity(overflowed));
    }

    /** Whether the sum overflowed. It reads the gradients again, but runs only if it is fetched. */
    private Operand<TBool> overflowed(
        Operand<? extends TNumber> squares, List<Operand<T>> gradients) {
      return tf.math.logicalAnd(tf.math.isInf(squares), Guard.allFinite(tf, gradients));
    }

    private Operand<T> numerator(Operand<T> loss) {
      return settings.lowerBound() == 0
          ? loss
          : tf.math.sub(loss, tf.dtypes.cast(tf.constant(settings.lowerBound()), type));
    }

    private Operand<TFloat64> capped(Operand<TFloat64> unclipped, Operand<TFloat64> cap) {
      if (semantics == Semantics.TF1) {
        Operand<T> most = tf.dtypes.cast(cap, type);
        Operand<T> least = tf.dtypes.cast(tf.constant(0.0), type);
        Operand<T> narrow = tf.dtypes.cast(unclipped, type);
        return wide(tf.math.maximum(tf.math.minimum(narrow, most), least));
      }
      // Python's min(unclipped, cap): NaN stays NaN.
      return tf.select(tf.math.less(cap, unclipped), cap, unclipped);
    }

    /**
     * Whether the loss gives a step size of 0. One operation serves all groups, so that no variable
     * is written before each group has the answer.
     */
    private Optional<Operand<TBool>> isStopped(Operand<T> numerator) {
      return settings.negativeLoss() == NegativeLoss.STOP
          ? Optional.of(tf.math.less(numerator, tf.dtypes.cast(tf.constant(0.0), type)))
          : Optional.empty();
    }

    private Operand<TFloat64> mean(List<Operand<TFloat64>> stepSizes) {
      if (stepSizes.size() == 1) {
        return stepSizes.get(0);
      }
      Operand<TFloat64> sum = stepSizes.get(0);
      for (Operand<TFloat64> next : stepSizes.subList(1, stepSizes.size())) {
        sum = tf.math.add(sum, next);
      }
      return tf.math.div(sum, tf.constant((double) stepSizes.size()));
    }

    private Operand<TFloat64> wide(Operand<T> value) {
      return tf.dtypes.cast(value, TFloat64.class);
    }
  }
}
