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
 * <p>Sum, denominator and quotient are computed in the variables' type; caps apply in {@code
 * double}, but in {@link Semantics#TF1} in the variables' type.
 *
 * @param unclipped the step size before the caps
 * @param ofGroups that of each group
 * @param mean their mean
 * @param gradientNorm √Σ‖g‖²
 */
record StepSizes(
    Operand<TFloat64> unclipped,
    List<Operand<TFloat64>> ofGroups,
    Operand<TFloat64> mean,
    Operand<TFloat64> gradientNorm) {

  /** The same, but for step sizes of 0 where the step is not taken. */
  StepSizes zeroUnless(Ops tf, Operand<TBool> taken) {
    Operand<TFloat64> zero = tf.constant(0.0);
    return new StepSizes(
        unclipped,
        ofGroups.stream().<Operand<TFloat64>>map(s -> tf.select(taken, s, zero)).toList(),
        tf.select(taken, mean, zero),
        gradientNorm);
  }

  /** Adds the scalars to a graph. */
  static final class Builder<T extends TNumber> {
    private final Ops tf;
    private final Class<T> type;
    private final Settings settings;
    private final Semantics semantics;

    Builder(Ops tf, Class<T> type, Settings settings, Semantics semantics) {
      this.tf = tf;
      this.type = type;
      this.settings = settings;
      this.semantics = semantics;
    }

    /**
     * The scalars of a step.
     *
     * @param gradients those that there are, of all groups
     * @param caps a cap for each group, if it has one
     */
    StepSizes build(
        Operand<T> loss, List<Operand<T>> gradients, List<Optional<Operand<TFloat64>>> caps) {
      Operand<TFloat64> eps = tf.withName("eps").constant(settings.eps());
      Operand<T> numerator = numerator(loss);
      Operand<TFloat64> unclipped;
      Operand<TFloat64> norm;
      if (gradients.isEmpty()) {
        // The original's sum is Python's 0 then, and what follows is done with Python's floats.
        Operand<TFloat64> denominator = tf.math.add(tf.constant(0.0), eps);
        unclipped = tf.math.div(wide(numerator), denominator);
        norm = tf.constant(0.0);
      } else {
        Operand<T> squares = Squares.sum(tf, type, gradients);
        unclipped = wide(tf.math.div(numerator, tf.math.add(squares, tf.dtypes.cast(eps, type))));
        norm = wide(tf.math.sqrt(squares));
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
          tf.withName("gradient_norm").identity(norm));
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
      // Python's min(unclipped, cap): NaN stays.
      return tf.select(tf.math.less(cap, unclipped), cap, unclipped);
    }

    /** One operation for all groups, so that none is written before all know the answer. */
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
