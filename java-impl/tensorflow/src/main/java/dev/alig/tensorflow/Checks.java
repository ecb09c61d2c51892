package dev.alig.tensorflow;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Checks of losses, variables and gradients. Their messages name the operation. */
final class Checks {
  private static final List<Class<?>> TYPES =
      List.of(TFloat16.class, TBfloat16.class, TFloat32.class, TFloat64.class);

  private Checks() {}

  /** Checks that a loss is a floating-point scalar of this graph. */
  @SuppressWarnings("unchecked")
  static Operand<TFloating> requireLoss(Operand<?> loss, Graph graph) {
    Output<?> output = loss.asOutput();
    if (output.op().env().isEager()) {
      throw new IllegalArgumentException(
          "the loss was built in an eager session, where TensorFlow-Java has no gradients;"
              + " build it in the optimizer's Graph");
    }
    requireOf(graph, "loss " + output.name(), output);
    requireScalar("loss " + output.name(), output);
    requireType("loss " + output.name(), output.type());
    return (Operand<TFloating>) loss;
  }

  static void requireOf(Graph graph, String name, Output<?> output) {
    if (output.op().env() != graph) {
      throw new IllegalArgumentException(
          name + " belongs to another graph than the optimizer; build both in one");
    }
  }

  static void requireScalar(String name, Output<?> output) {
    if (!output.shape().isUnknown() && output.shape().numDimensions() != 0) {
      throw new IllegalArgumentException(
          name
              + " must be a scalar, had shape "
              + output.shape()
              + "; reduce it, for example with tf.math.mean or tf.reduceSum");
    }
  }

  static void requireVariable(Graph graph, Output<?> output) {
    String name = output.op().name();
    requireOf(graph, "variable " + name, output);
    if (!Trainable.isVariable((GraphOperation) output.op())) {
      throw new IllegalArgumentException(
          "%s must be a variable created by tf.variable or tf.varHandleOp, was the operation %s; pass the variable itself"
              .formatted(name, output.op().type()));
    }
    requireType("variable " + name, Trainable.of(output).type());
  }

  static void requireType(String name, Class<?> type) {
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException(
          name
              + " must be TFloat16, TBfloat16, TFloat32 or TFloat64, was "
              + type.getSimpleName()
              + "; cast it to one of them");
    }
  }

  /** Checks that all variables have the loss's type. */
  static void requireOneType(Output<?> loss, List<? extends Output<?>> variables) {
    for (Output<?> variable : variables) {
      Class<?> type = Trainable.of(variable).type();
      if (type != loss.type()) {
        throw new IllegalArgumentException(
            "variable %s must have the type of loss %s, %s, was %s; use one type for both, because step sizes are computed in it"
                .formatted(
                    variable.op().name(),
                    loss.name(),
                    loss.type().getSimpleName(),
                    type.getSimpleName()));
      }
    }
  }

  /** Checks a gradient that is not absent. */
  static void requireGradient(Graph graph, Output<?> gradient, Output<?> output) {
    Trainable<?> variable = Trainable.of(output);
    String name = "the gradient of variable " + output.op().name();
    requireOf(graph, name, gradient);
    if (gradient.type() != variable.type()) {
      throw new IllegalArgumentException(
          "%s must be %s, was %s; cast it with tf.dtypes.cast"
              .formatted(name, variable.type().getSimpleName(), gradient.type().getSimpleName()));
    }
    if (!gradient.shape().isCompatibleWith(variable.shape())) {
      throw new IllegalArgumentException(
          "%s must have its variable's shape %s, had %s; reshape it"
              .formatted(name, variable.shape(), gradient.shape()));
    }
  }

  static void requireDistinct(List<? extends Output<?>> variables) {
    Set<String> names = new HashSet<>();
    for (Output<?> variable : variables) {
      if (!names.add(variable.op().name())) {
        throw new IllegalArgumentException(
            "variable %s is listed twice; list it once, in one group"
                .formatted(variable.op().name()));
      }
    }
  }
}
