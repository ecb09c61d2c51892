package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/** Adds the gradients of a loss to its graph. */
final class Gradients {
  private final Graph graph;
  private final Ops tf;
  private final Output<?> loss;
  private final Map<String, Output<?>> grouped = new LinkedHashMap<>();
  private final GradientFlow flow;
  private final Reads reads;
  private final boolean verified;
  private final List<GradAndVar<?>> atReads = new ArrayList<>();
  private List<Condition> conditions = List.of();

  /**
   * Checks the loss.
   *
   * @param verified whether the slope of this loss was measured and is right
   */
  Gradients(Plan plan, Operand<?> loss, boolean verified) {
    Checks.requireLoss(loss, plan.graph());
    this.graph = plan.graph();
    this.tf = Ops.create(graph).withSubScope(plan.name());
    this.loss = loss.asOutput();
    for (ParameterGroup group : plan.groups()) {
      group.variables().forEach(v -> grouped.put(v.asOutput().op().name(), v.asOutput()));
    }
    this.flow = new GradientFlow(this.loss);
    this.reads = new Reads(flow);
    this.verified = verified;
  }

  /** The conditions under which the gradients are right; empty before they are computed. */
  List<Condition> conditions() {
    return conditions;
  }

  /**
   * The gradients at the places where the loss reads variables, as TensorFlow computes them; empty
   * before they are computed.
   */
  List<GradAndVar<?>> atReads() {
    return atReads;
  }

  /** The gradients of all variables that have one. A variable of a group must have one. */
  List<GradAndVar<?>> ofAll() {
    Map<String, Output<?>> variables = new LinkedHashMap<>(grouped);
    for (GraphOperation operation : flow.operations()) {
      if (Trainable.isFloating(operation)) {
        variables.putIfAbsent(operation.name(), operation.output(0));
      }
    }
    requireSome(variables.size());
    List<GradAndVar<?>> found = new ArrayList<>();
    for (GradAndVar<?> pair : add(List.copyOf(variables.values()))) {
      if (BoundGroup.isPresent(pair)) {
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
      if (!BoundGroup.isPresent(pair)) {
        throw noGradient(pair.getVariable());
      }
    }
    return found;
  }

  private List<GradAndVar<?>> add(List<Output<?>> variables) {
    List<Output<?>> all = new ArrayList<>();
    for (Output<?> variable : variables) {
      Checks.requireVariable(graph, variable);
      if (!flow.operations().contains((GraphOperation) variable.op())) {
        throw noGradient(variable);
      }
      requireReadsOnly(variable);
      all.addAll(reads.of(variable));
    }
    requireOneHandle(variables);
    Checks.requireOneType(loss, variables);
    conditions = Condition.of(flow.requireGradients(all, verified));
    Map<Output<?>, Output<?>> gradients = gradients(all);
    List<GradAndVar<?>> pairs = new ArrayList<>();
    for (Output<?> variable : variables) {
      Map<Output<?>, Output<?>> ofVariable = new LinkedHashMap<>();
      for (Output<?> read : reads.of(variable)) {
        Output<?> gradient = gradients.get(read);
        if (gradient != null) {
          ofVariable.put(read, gradient);
          atReads.add(pair(Optional.of(gradient), read));
        }
      }
      pairs.add(pair(Reads.sum(tf, Trainable.of(variable), ofVariable), variable));
    }
    return pairs;
  }

  /** TensorFlow's gradients at these outputs, without absent ones. */
  private Map<Output<?>, Output<?>> gradients(List<Output<?>> outputs) {
    Map<Output<?>, Output<?>> present = new HashMap<>();
    if (!outputs.isEmpty()) {
      Output<?>[] found = graph.addGradients(loss, outputs.toArray(new Output<?>[0]));
      for (int i = 0; i < found.length; i++) {
        if (!found[i].isClosed()) {
          present.put(outputs.get(i), found[i]);
        }
      }
    }
    return present;
  }

  /**
   * Checks that a resource variable enters the loss through reads alone. What a function computes
   * from it would be missing in the gradient.
   */
  private void requireReadsOnly(Output<?> variable) {
    for (GraphOperation other : reads.others(variable)) {
      if (flow.passes(other)) {
        throw new IllegalArgumentException(
            "operation %s (%s) takes variable %s itself instead of a value read from it, and the gradient through it is missing in TensorFlow-Java; %s"
                .formatted(
                    other.name(),
                    other.type(),
                    variable.op().name(),
                    GradientTable.insteadOf(
                        other.type(),
                        "read the variable in the graph; if a function of Python reads it, import the graph by TrainableModel")));
      }
    }
  }

  /** Checks that no two handles stand for one variable. */
  private static void requireOneHandle(List<Output<?>> variables) {
    Map<String, String> handles = new HashMap<>();
    for (Output<?> variable : variables) {
      if (Trainable.of(variable) instanceof Trainable.Resource<?> resource) {
        String other = handles.put(resource.sharedName(), variable.op().name());
        if (other != null) {
          throw new IllegalArgumentException(
              "variables %s and %s both have the shared_name '%s', so they are one variable; give each variable a sharedName of its own and one VarHandleOp"
                  .formatted(other, variable.op().name(), resource.sharedName()));
        }
      }
    }
  }

  /** A gradient has its variable's type; null stands for none, as the framework has it. */
  @SuppressWarnings({"unchecked", "NullAway"})
  private static <T extends TType> GradAndVar<T> pair(
      Optional<? extends Output<?>> gradient, Output<T> variable) {
    return new GradAndVar<>((Output<T>) gradient.orElse(null), variable);
  }

  private void requireSome(int variables) {
    if (variables == 0) {
      throw new IllegalArgumentException(
          "loss %s has no gradient for any variable; create its parameters with tf.variable or tf.varHandleOp"
              .formatted(loss.name()));
    }
  }

  private IllegalArgumentException noGradient(Output<?> variable) {
    return new IllegalArgumentException(
        "loss %s has no gradient for variable %s; remove the variable, or make the loss depend on it"
            .formatted(loss.name(), variable.op().name()));
  }
}
