package dev.alig.experiments.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.train.ApplyMomentum;
import org.tensorflow.types.family.TNumber;

/**
 * The optimizers that ALI-G is compared with. They use TensorFlow's own kernels, and TensorFlow 1's
 * settings as the authors did.
 *
 * <p>They do not use TensorFlow-Java's classes for these optimizers: its Adam changes the powers of
 * its decay rates while it reads them.
 *
 * @param <T> the type of variables and gradients
 */
public final class KernelOptimizer<T extends TNumber> {
  private static final double ADAGRAD_START = 0.1;
  private static final double RMSPROP_DECAY = 0.9;
  private static final double RMSPROP_EPS = 1e-10;
  private static final double ADAM_FIRST = 0.9;
  private static final double ADAM_SECOND = 0.999;
  private static final double ADAM_EPS = 1e-8;

  private final Ops tf;
  private final Class<T> type;
  private final Operand<T> rate;
  private final double momentum;

  /**
   * Creates the optimizers in a graph.
   *
   * @param momentum the momentum of {@code momentum} and {@code nesterov}; the others have none
   */
  public KernelOptimizer(Ops tf, Class<T> type, double rate, double momentum) {
    this.tf = tf;
    this.type = type;
    this.rate = number(rate);
    this.momentum = momentum;
  }

  /**
   * Adds a step. It begins when all gradients are computed, because a kernel must not update a
   * variable while a gradient is still computed from it.
   *
   * @param optimizer {@code sgd}, {@code momentum}, {@code nesterov}, {@code adam}, {@code adagrad}
   *     or {@code rmsprop}
   * @return the operation that ends when the step has been taken
   */
  public Op step(
      String optimizer, List<Variable<T>> variables, List<? extends Operand<T>> gradients) {
    Ops after =
        tf.withControlDependencies(tf.withControlDependencies(List.copyOf(gradients)).noOp());
    if (optimizer.equals("adam")) {
      return adam(after, variables, gradients);
    }
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      updates.add(update(optimizer, after, variables.get(i), gradients.get(i)));
    }
    return tf.withControlDependencies(updates).noOp();
  }

  private Op update(String optimizer, Ops after, Variable<T> w, Operand<T> gradient) {
    return switch (optimizer) {
      case "sgd" -> after.train.applyGradientDescent(w, rate, gradient);
      case "momentum", "nesterov" ->
          after.train.applyMomentum(
              w,
              slot(w, "momentum", 0),
              rate,
              gradient,
              number(momentum),
              ApplyMomentum.useNesterov(optimizer.equals("nesterov")));
      case "adagrad" ->
          after.train.applyAdagrad(w, slot(w, "squares", ADAGRAD_START), rate, gradient);
      case "rmsprop" ->
          after.train.applyRmsProp(
              w,
              slot(w, "squares", 1),
              slot(w, "momentum", 0),
              rate,
              number(RMSPROP_DECAY),
              number(0),
              number(RMSPROP_EPS),
              gradient);
      default -> throw new IllegalArgumentException("no such optimizer: " + optimizer);
    };
  }

  private Op adam(Ops after, List<Variable<T>> variables, List<? extends Operand<T>> gradients) {
    Variable<T> first = tf.withName("first_power").variable(number(ADAM_FIRST));
    Variable<T> second = tf.withName("second_power").variable(number(ADAM_SECOND));
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      Variable<T> w = variables.get(i);
      updates.add(
          after.train.applyAdam(
              w,
              slot(w, "first_moment", 0),
              slot(w, "second_moment", 0),
              first,
              second,
              rate,
              number(ADAM_FIRST),
              number(ADAM_SECOND),
              number(ADAM_EPS),
              gradients.get(i)));
    }
    Ops last = tf.withControlDependencies(updates);
    Op nextFirst = last.assign(first, last.math.mul(first, number(ADAM_FIRST)));
    Op nextSecond = last.assign(second, last.math.mul(second, number(ADAM_SECOND)));
    return tf.withControlDependencies(List.of(nextFirst, nextSecond)).noOp();
  }

  /** A slot of a variable, initially filled with a number. */
  private Variable<T> slot(Variable<T> w, String name, double start) {
    Operand<T> filled = tf.fill(tf.constant(w.shape().asArray()), number(start));
    return tf.withName(w.asOutput().op().name() + "." + name).variable(filled);
  }

  private Operand<T> number(double value) {
    return tf.dtypes.cast(tf.constant(value), type);
  }
}
