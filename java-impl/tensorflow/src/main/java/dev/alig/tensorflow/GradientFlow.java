package dev.alig.tensorflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.DataType;

/** The operations that compute a loss, and those through which its gradient passes. */
final class GradientFlow {
  /** An input of an operation. It is read once, because reading the graph is slow. */
  private record Source(
      GraphOperation operation, int output, boolean differentiable, boolean handle) {
    static Source of(Output<?> output) {
      return new Source(
          (GraphOperation) output.op(),
          output.index(),
          Passage.isDifferentiable(output),
          output.dataType() == DataType.DT_RESOURCE);
    }
  }

  private final Source loss;
  private final Map<GraphOperation, List<Source>> inputs = new LinkedHashMap<>();

  /** Finds the operations; follows data, but no control dependencies. */
  GradientFlow(Output<?> loss) {
    this.loss = Source.of(loss);
    Deque<GraphOperation> open = new ArrayDeque<>(List.of(this.loss.operation()));
    while (!open.isEmpty()) {
      GraphOperation operation = open.remove();
      if (!inputs.containsKey(operation)) {
        List<Source> sources =
            operation.inputs().stream().map(input -> Source.of(input.asOutput())).toList();
        inputs.put(operation, sources);
        sources.forEach(source -> open.add(source.operation()));
      }
    }
  }

  /** All operations that compute the loss. */
  Set<GraphOperation> operations() {
    return inputs.keySet();
  }

  /** Visits each operation that takes the handle of a resource variable, with the variable. */
  void forEachHandle(BiConsumer<GraphOperation, GraphOperation> visitor) {
    inputs.forEach(
        (operation, sources) -> {
          for (Source source : sources) {
            GraphOperation giver = source.operation();
            while (giver.type().equals("Identity")) {
              giver = sources(giver).get(0).operation();
            }
            if (source.handle() && Trainable.isResource(giver)) {
              visitor.accept(operation, giver);
            }
          }
        });
  }

  /** Whether the loss depends on an operation in a differentiable way, or on a handle from it. */
  boolean passes(GraphOperation operation) {
    Set<GraphOperation> reached = new HashSet<>();
    Deque<Source> open = new ArrayDeque<>(List.of(loss));
    while (!open.isEmpty()) {
      GraphOperation next = open.remove().operation();
      if (reached.add(next) && !GradientTable.stops(next.type())) {
        sources(next).stream().filter(s -> s.differentiable() || s.handle()).forEach(open::add);
      }
    }
    return reached.contains(operation);
  }

  /**
   * Checks that TensorFlow computes the gradient of the loss correctly up to these outputs.
   *
   * @param variables variables, or the outputs at which the loss reads them
   * @param verified whether the slope of this loss was measured and is right
   * @return the operations through which the gradient passes
   * @throws IllegalArgumentException if one of these operations has no gradient, a wrong one, or
   *     one that was not measured
   */
  List<Passage> requireGradients(Collection<? extends Output<?>> variables, boolean verified) {
    List<Passage> passages = passages(variables);
    for (Passage passage : passages) {
      GradientRules.refusal(passage, verified).ifPresent(GradientFlow::refuse);
      String type = passage.operation().type();
      if (GradientTable.isMeasured(type)) {
        continue;
      }
      if (!tensorflow.TFJ_HasGradient(type)) {
        refuse(
            passage.describe()
                + " has no gradient in TensorFlow "
                + TensorFlow.version()
                + "; "
                + GradientTable.insteadOf(type));
      } else if (!verified) {
        refuse(
            passage.describe()
                + " has a gradient that was not measured here, for example one that was registered with"
                + " registerCustomGradient; "
                + GradientTable.VERIFY);
      }
    }
    return passages;
  }

  private static void refuse(String message) {
    throw new IllegalArgumentException(message);
  }

  /**
   * The operations through which the gradient passes on its way to the variables, each with the
   * inputs that depend on the variables, and the outputs that the gradient comes from.
   */
  List<Passage> passages(Collection<? extends Output<?>> variables) {
    Set<GraphOperation> dependent = dependents(variables);
    Map<GraphOperation, Set<Integer>> reached = new LinkedHashMap<>();
    Deque<Source> open = new ArrayDeque<>(List.of(loss));
    while (!open.isEmpty()) {
      Source source = open.remove();
      GraphOperation operation = source.operation();
      if (dependent.contains(operation)
          && reached.computeIfAbsent(operation, o -> new TreeSet<>()).add(source.output())
          && !GradientTable.stops(operation.type())) {
        sources(operation).stream().filter(Source::differentiable).forEach(open::add);
      }
    }
    Set<Operation> ends = variables.stream().map(Output::op).collect(Collectors.toSet());
    List<Passage> passages = new ArrayList<>();
    reached.forEach(
        (operation, outputs) -> {
          if (!ends.contains(operation)) {
            passages.add(new Passage(operation, dependentInputs(operation, dependent), outputs));
          }
        });
    return passages;
  }

  private List<Source> sources(GraphOperation operation) {
    return inputs.getOrDefault(operation, List.of());
  }

  private Set<Integer> dependentInputs(GraphOperation operation, Set<GraphOperation> dependent) {
    Set<Integer> found = new TreeSet<>();
    List<Source> sources = sources(operation);
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).differentiable() && dependent.contains(sources.get(i).operation())) {
        found.add(i);
      }
    }
    return found;
  }

  /** The operations whose results depend on a variable in a differentiable way. */
  private Set<GraphOperation> dependents(Collection<? extends Output<?>> variables) {
    Map<GraphOperation, Set<GraphOperation>> consumers = new HashMap<>();
    inputs.forEach(
        (operation, sources) -> {
          for (Source source : sources) {
            if (source.differentiable()) {
              consumers
                  .computeIfAbsent(source.operation(), o -> new LinkedHashSet<>())
                  .add(operation);
            }
          }
        });
    Set<GraphOperation> dependent = new HashSet<>();
    Deque<GraphOperation> open = new ArrayDeque<>();
    variables.forEach(variable -> open.add((GraphOperation) variable.op()));
    while (!open.isEmpty()) {
      GraphOperation operation = open.remove();
      if (dependent.add(operation)) {
        open.addAll(consumers.getOrDefault(operation, Set.of()));
      }
    }
    return dependent;
  }
}
