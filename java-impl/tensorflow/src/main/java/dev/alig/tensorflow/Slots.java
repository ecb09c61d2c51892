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
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.family.TType;

/** The slots that hold momentum, by the name of the variable they belong to. */
final class Slots {
  private final Graph graph;
  private final Map<String, Variable<?>> slots = new HashMap<>();

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
    boolean late = plan.graph().operation("save/restore_all") != null;
    if (keeps && late && !plan.unsavedMomentum()) {
      throw new IllegalStateException(
          "the graph's saver exists already, so checkpoints would lack the optimizer's state;"
              + " call minimize before the first save, restore or export,"
              + " or build with acceptUnsavedMomentum()");
    }
  }

  /** Adds a slot of zeros, as TensorFlow does, also for a variable of unknown shape. */
  <T extends TType> void create(Ops scope, Output<T> variable) {
    Operand<T> zero = scope.dtypes.cast(scope.constant(0.0), variable.type());
    Operand<T> zeros = scope.fill(scope.shape(variable), zero);
    String name = Optimizer.createName(variable, AliG.MOMENTUM);
    Ops init = Ops.create(graph).withInitScope();
    Variable<T> slot = init.withName(name).variable(variable.shape(), variable.type());
    boolean known = !variable.shape().hasUnknownDimension();
    init.withName(name + "-init").assign(slot, zeros, Assign.validateShape(known));
    slots.put(variable.op().name(), slot);
  }

  /** The slot of a variable; it has the variable's type. */
  @SuppressWarnings("unchecked")
  <T extends TType> Optional<Variable<T>> of(Output<T> variable) {
    return Optional.ofNullable((Variable<T>) slots.get(variable.op().name()));
  }
}
