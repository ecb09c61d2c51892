package dev.alig.tensorflow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.framework.optimizers.Optimizer;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** What this package asks of a loss and of variables, with messages that name them. */
final class Checks {
  private static final List<Class<?>> TYPES =
      List.of(TFloat16.class, TBfloat16.class, TFloat32.class, TFloat64.class);

  /**
   * Operations whose gradients TensorFlow 2.18 builds with the type of their input, which for a
   * variable is a reference: it aborts the process, or raises an error that names no cause.
   */
  private static final Set<String> NEED_A_VALUE =
      Set.of("Square", "Log1p", "Asin", "Acos", "Atan", "Atanh", "Pow");

  private Checks() {}

  /** Checks that a loss can be minimized by an optimizer of this graph. */
  static void requireLoss(Operand<?> loss, Graph graph) {
    Output<?> output = loss.asOutput();
    if (output.op().env().isEager()) {
      throw new IllegalArgumentException(
          "the loss was built in an eager session, where TensorFlow-Java has no gradients;"
              + " build it in the optimizer's Graph");
    }
    requireOf(graph, "loss " + output.name(), output);
    requireScalar("loss " + output.name(), output);
    requireType("loss " + output.name(), output);
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
              + "; reduce it, as tf.math.mean and tf.reduceSum do");
    }
  }

  static void requireVariable(Graph graph, Output<?> output) {
    String name = output.op().name();
    requireOf(graph, "variable " + name, output);
    if (!output.op().type().equals(Optimizer.VARIABLE_V2)) {
      throw new IllegalArgumentException(
          "%s must be a variable made by tf.variable, was the operation %s"
              .formatted(name, output.op().type()));
    }
    requireType("variable " + name, output);
  }

  static void requireType(String name, Output<?> output) {
    if (!TYPES.contains(output.type())) {
      throw new IllegalArgumentException(
          name
              + " must be TFloat16, TBfloat16, TFloat32 or TFloat64, was "
              + output.type().getSimpleName()
              + "; cast it to one of them");
    }
  }

  /** Checks that all variables have the loss's type. */
  static void requireOneType(Output<?> loss, List<? extends Output<?>> variables) {
    for (Output<?> variable : variables) {
      if (variable.type() != loss.type()) {
        throw new IllegalArgumentException(
            "variable %s must have the type of loss %s, %s, was %s; step sizes are computed in one type"
                .formatted(
                    variable.op().name(),
                    loss.name(),
                    loss.type().getSimpleName(),
                    variable.type().getSimpleName()));
      }
    }
  }

  /** Checks a gradient that is not absent. */
  static void requireGradient(Graph graph, Output<?> gradient, Output<?> variable) {
    String name = "the gradient of variable " + variable.op().name();
    requireOf(graph, name, gradient);
    if (gradient.type() != variable.type()) {
      throw new IllegalArgumentException(
          "%s must be %s, was %s; cast it"
              .formatted(name, variable.type().getSimpleName(), gradient.type().getSimpleName()));
    }
    if (!gradient.shape().isCompatibleWith(variable.shape())) {
      throw new IllegalArgumentException(
          "%s must have its variable's shape %s, had %s"
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

  /**
   * The operations that a loss is computed from, following data alone.
   *
   * @throws IllegalArgumentException if one of them is known to break TensorFlow's gradients
   */
  static Set<GraphOperation> operationsOf(Output<?> loss) {
    Set<GraphOperation> seen = new LinkedHashSet<>();
    Deque<Operation> open = new ArrayDeque<>(List.of(loss.op()));
    while (!open.isEmpty()) {
      GraphOperation operation = (GraphOperation) open.remove();
      if (seen.add(operation)) {
        requireGradient(operation);
        operation.inputs().forEach(input -> open.add(input.op()));
      }
    }
    return seen;
  }

  private static void requireGradient(GraphOperation operation) {
    if (!NEED_A_VALUE.contains(operation.type())) {
      return;
    }
    for (Operand<?> input : operation.inputs()) {
      if (input.op().type().equals(Optimizer.VARIABLE_V2)) {
        throw new IllegalArgumentException(
            ("%s takes variable %s directly, and TensorFlow's gradient of %s fails on a variable,"
                    + " or ends the process; give it tf.identity of the variable")
                .formatted(operation.name(), input.op().name(), operation.type()));
      }
    }
  }
}
