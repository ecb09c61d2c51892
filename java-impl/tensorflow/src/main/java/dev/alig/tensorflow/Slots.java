package dev.alig.tensorflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.framework.optimizers.Optimizer;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/** The slots that hold momentum, by the name of the variable they belong to. */
final class Slots {
  private final Graph graph;
  private final Map<String, Trainable<?>> slots = new HashMap<>();

  Slots(Graph graph) {
    this.graph = graph;
  }

  /**
   * Checks that checkpoints will contain the variables that the optimizer is about to create.
   * TensorFlow-Java saves only the variables that existed when its saver was created.
   */
  static void requireSaved(Plan plan, List<BoundGroup> groups) {
    boolean keeps =
        !BoundGroup.withMomentum(groups).isEmpty() || plan.settings().ball().isBounded();
    if (keeps && Saver.isIn(plan.graph()) && !plan.unsavedMomentum()) {
      throw new IllegalStateException(
          "the graph's saver exists already, so checkpoints would lack the optimizer's state;"
              + " call minimize before the first save, restore or export,"
              + " or build with acceptUnsavedMomentum()");
    }
  }

  /** Adds a slot of zeros, as TensorFlow does, also for a variable of unknown shape. */
  <T extends TType> void create(Ops scope, Output<?> output) {
    Trainable<T> variable = Trainable.of(output);
    Operand<T> zero = scope.dtypes.cast(scope.constant(0.0), variable.type());
    Operand<T> zeros = scope.fill(variable.lengths(scope), zero);
    String name = unused(Optimizer.createName(output, AliG.MOMENTUM));
    Ops init = Ops.create(graph).withInitScope();
    Trainable<T> slot = variable.sibling(init, name);
    slot.assign(Trainable.named(init, name + "-init"), zeros);
    slots.put(output.op().name(), slot);
  }

  private String unused(String name) {
    String next = name;
    for (int number = 1; graph.operation(next) != null; number++) {
      next = name + "_" + number;
    }
    return next;
  }

  /** The slot of a variable; it has the variable's kind and type. */
  @SuppressWarnings("unchecked")
  <T extends TType> Optional<Trainable<T>> of(Output<?> variable) {
    return Optional.ofNullable((Trainable<T>) slots.get(variable.op().name()));
  }
}
