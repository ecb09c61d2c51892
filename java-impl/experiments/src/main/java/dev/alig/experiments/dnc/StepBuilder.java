package dev.alig.experiments.dnc;

import dev.alig.experiments.graph.KernelOptimizer;
import dev.alig.tensorflow.AliG;
import dev.alig.tensorflow.Semantics;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/** Adds the step of a row to a graph. */
final class StepBuilder {
  /** The name of ALI-G. */
  static final String ALIG = "alig";

  /** The authors' name for plain momentum, without Nesterov's look-ahead. */
  private static final String NAG = "nag";

  private static final double MOMENTUM = 0.9;
  private static final List<String> COMPARED = List.of("sgd", NAG, "adam", "adagrad", "rmsprop");

  private StepBuilder() {}

  /**
   * A step in a graph.
   *
   * @param train the operation that takes it
   * @param stepSize its step size
   * @param unclipped the step size before the cap
   * @param gradientNorm the norm of the gradient before any clipping
   */
  record Built(
      Op train,
      Operand<TFloat64> stepSize,
      Operand<TFloat64> unclipped,
      Operand<TFloat64> gradientNorm) {}

  static void requireKnown(String name) {
    if (!name.equals(ALIG) && !COMPARED.contains(name)) {
      throw new IllegalArgumentException(
          "optimizer must be one of %s, %s, was \"%s\""
              .formatted(ALIG, String.join(", ", COMPARED), name));
    }
  }

  /** Adds the step of a row to a graph. */
  static <T extends TNumber> Built build(
      Graph graph, DncRow row, Operand<T> loss, List<Variable<T>> variables) {
    return row.optimizer().equals(ALIG)
        ? alig(graph, row, loss, variables)
        : clipped(graph, row, loss, variables);
  }

  private static <T extends TNumber> Built alig(
      Graph graph, DncRow row, Operand<T> loss, List<Variable<T>> variables) {
    AliG optimizer =
        AliG.builder(graph)
            .semantics(Semantics.TF1)
            .maxLearningRate(row.learningRate())
            .eps(0)
            .build();
    Op train = optimizer.minimize(loss, variables);
    return new Built(
        train, optimizer.stepSize(), optimizer.unclippedStepSize(), optimizer.gradientNorm());
  }

  /** The other optimizers; their gradients are clipped to a norm. */
  private static <T extends TNumber> Built clipped(
      Graph graph, DncRow row, Operand<T> loss, List<Variable<T>> variables) {
    Ops tf = Ops.create(graph);
    Output<?>[] asked = variables.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    Output<?>[] gradients = graph.addGradients(loss.asOutput(), asked);
    List<Operand<T>> squares = new ArrayList<>();
    for (int i = 0; i < gradients.length; i++) {
      squares.add(tf.nn.l2Loss(typed(gradients[i])));
    }
    Class<T> type = loss.type();
    Operand<T> two = tf.dtypes.cast(tf.constant(2.0), type);
    Operand<T> norm = tf.math.sqrt(tf.math.mul(tf.math.addN(squares), two));
    Operand<T> most = tf.dtypes.cast(tf.constant(row.maxGradientNorm()), type);
    Operand<T> factor = tf.math.div(most, tf.math.maximum(norm, most));
    List<Operand<T>> scaled = new ArrayList<>();
    for (Output<?> gradient : gradients) {
      scaled.add(tf.math.mul(StepBuilder.<T>typed(gradient), factor));
    }
    String optimizer = row.optimizer().equals(NAG) ? "momentum" : row.optimizer();
    Op train =
        new KernelOptimizer<>(tf, type, row.learningRate(), MOMENTUM)
            .step(optimizer, variables, scaled);
    Operand<TFloat64> rate = tf.constant(row.learningRate());
    // Two outputs, because a result refuses the same output twice.
    return new Built(train, rate, tf.identity(rate), tf.dtypes.cast(norm, TFloat64.class));
  }

  /** The gradients have the type of the loss, because all variables have it. */
  @SuppressWarnings("unchecked")
  private static <T extends TNumber> Output<T> typed(Output<?> output) {
    return (Output<T>) output;
  }
}
