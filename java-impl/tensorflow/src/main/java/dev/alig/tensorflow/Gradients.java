package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.framework.optimizers.Optimizer;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** Adds the gradients of a loss to its graph. */
final class Gradients {
  private final Graph graph;
  private final Output<?> loss;
  private final Map<String, Output<?>> grouped = new LinkedHashMap<>();
  private final GradientFlow flow;
  private final boolean verified;
  private List<Condition> conditions = List.of();

  /**
   * Checks the loss.
   *
   * @param verified whether the slope of this loss was measured and is right
   */
  Gradients(Graph graph, Operand<?> loss, List<ParameterGroup> groups, boolean verified) {
    Checks.requireLoss(loss, graph);
    this.graph = graph;
    this.loss = loss.asOutput();
    for (ParameterGroup group : groups) {
      group.variables().forEach(v -> grouped.put(v.asOutput().op().name(), v.asOutput()));
    }
    this.flow = new GradientFlow(this.loss);
    this.verified = verified;
  }

  /** The conditions under which the gradients are right; empty before they are computed. */
  List<Condition> conditions() {
    return conditions;
  }

  /** The gradients of all variables that have one. A variable of a group must have one. */
  List<GradAndVar<?>> ofAll() {
    Map<String, Output<?>> variables = new LinkedHashMap<>(grouped);
    for (GraphOperation operation : flow.operations()) {
      if (operation.type().equals(Optimizer.VARIABLE_V2)
          && TFloating.class.isAssignableFrom(operation.output(0).type())) {
        variables.putIfAbsent(operation.name(), operation.output(0));
      }
    }
    requireSome(variables.size());
    List<GradAndVar<?>> found = new ArrayList<>();
    for (GradAndVar<?> pair : add(List.copyOf(variables.values()))) {
      if (!pair.getGradient().isClosed()) {
        found.add(pair);
      } else if (grouped.containsKey(pair.getVariable().op().name())) {
        throw noGradient(pair.getVariable());
      }
    }
    requireSome(found.size());
    return found;
  }

  /** The gradients of these variables and those of the groups. Each must have one. */
  List<GradAndVar<?>> of(List<? extends Operand<?>> listed) {
    List<Output<?>> variables = new ArrayList<>();
    listed.forEach(variable -> variables.add(variable.asOutput()));
    Checks.requireDistinct(variables);
    for (Output<?> variable : grouped.values()) {
      if (variables.stream().noneMatch(v -> v.op().name().equals(variable.op().name()))) {
        variables.add(variable);
      }
    }
    requireSome(variables.size());
    List<GradAndVar<?>> found = add(variables);
    for (GradAndVar<?> pair : found) {
      if (pair.getGradient().isClosed()) {
        throw noGradient(pair.getVariable());
      }
    }
    return found;
  }

  private List<GradAndVar<?>> add(List<Output<?>> variables) {
    for (Output<?> variable : variables) {
      Checks.requireVariable(graph, variable);
      if (!flow.operations().contains((GraphOperation) variable.op())) {
        throw noGradient(variable);
      }
    }
    Checks.requireOneType(loss, variables);
    conditions = Condition.of(flow.requireGradients(variables, verified));
    Output<?>[] gradients = graph.addGradients(loss, variables.toArray(new Output<?>[0]));
    List<GradAndVar<?>> pairs = new ArrayList<>();
    for (int i = 0; i < gradients.length; i++) {
      pairs.add(pair(gradients[i], variables.get(i)));
    }
    return pairs;
  }

  /** TensorFlow gives a gradient its variable's type. */
  @SuppressWarnings("unchecked")
  private static <T extends TType> GradAndVar<T> pair(Output<?> gradient, Output<T> variable) {
    return new GradAndVar<>((Output<T>) gradient, variable);
  }

  private void requireSome(int variables) {
    if (variables == 0) {
      throw new IllegalArgumentException(
          "loss %s has no gradient for any variable; create its parameters with tf.variable"
              .formatted(loss.name()));
    }
  }

  private IllegalArgumentException noGradient(Output<?> variable) {
    return new IllegalArgumentException(
        "loss %s has no gradient for variable %s; remove the variable, or make the loss depend on it"
            .formatted(loss.name(), variable.op().name()));
  }
}
