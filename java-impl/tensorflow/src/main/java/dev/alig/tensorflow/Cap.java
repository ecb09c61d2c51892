package dev.alig.tensorflow;

import dev.alig.GroupSettings;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** The cap on a group's step size: a number, or a scalar of the graph that may change. */
sealed interface Cap {
  /** The cap of {@link GroupSettings#maxLearningRate}. */
  record Fixed(double value) implements Cap {}

  /** The cap as a placeholder, a variable, or an operation that computes it. */
  record Scheduled(Operand<? extends TNumber> value) implements Cap {}

  /** The cap in the graph; empty if there is none. */
  default Optional<Operand<TFloat64>> in(Ops tf) {
    if (this instanceof Scheduled scheduled) {
      return Optional.of(
          tf.withName("max_learning_rate").dtypes.cast(scheduled.value, TFloat64.class));
    }
    double value = ((Fixed) this).value;
    return value == GroupSettings.UNCAPPED
        ? Optional.empty()
        : Optional.of(tf.withName("max_learning_rate").constant(value));
  }
}
