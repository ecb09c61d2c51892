package dev.alig.tensorflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * Copies a caller's gradients that may share memory with a variable of the step.
 *
 * <p>Operations such as identity, reshape and slice return the memory of a variable. So an update
 * could read its gradient after another update has overwritten it. TensorFlow's own gradients never
 * share a variable's memory, because each is a product with the derivative of the loss by itself.
 */
final class Copies {
  private final Set<String> own = new HashSet<>();

  /** Marks these gradients as computed by TensorFlow, and returns them. */
  List<GradAndVar<?>> trust(List<GradAndVar<?>> pairs) {
    pairs.forEach(pair -> own.add(pair.getGradient().op().name()));
    return pairs;
  }

  /**
   * The same groups; the caller's gradients are copied if one of them may share memory with a
   * variable of the step.
   */
  List<BoundGroup> of(Ops tf, List<BoundGroup> groups) {
    if (!dependOnWhatMoves(groups)) {
      return groups;
    }
    List<BoundGroup> copied = new ArrayList<>();
    for (BoundGroup group : groups) {
      List<GradAndVar<?>> pairs = new ArrayList<>();
      group.pairs().forEach(pair -> pairs.add(isGiven(pair) ? copy(tf, pair) : pair));
      copied.add(new BoundGroup(group.group(), pairs));
    }
    return copied;
  }

  private boolean isGiven(GradAndVar<?> pair) {
    return BoundGroup.isPresent(pair) && !own.contains(pair.getGradient().op().name());
  }

  private static <T extends TType> GradAndVar<T> copy(Ops tf, GradAndVar<T> pair) {
    return new GradAndVar<>(tf.deepCopy(pair.getGradient()).asOutput(), pair.getVariable());
  }

  /**
   * Whether a caller's gradient depends on a variable that the step writes, other than through
   * TensorFlow's gradients.
   */
  private boolean dependOnWhatMoves(List<BoundGroup> groups) {
    Set<String> moved = new HashSet<>();
    BoundGroup.variables(groups).forEach(variable -> moved.add(variable.op().name()));
    Deque<Operation> open = new ArrayDeque<>();
    for (BoundGroup group : groups) {
      group.pairs().stream().filter(this::isGiven).forEach(p -> open.add(p.getGradient().op()));
    }
    Set<String> seen = new HashSet<>(own);
    while (!open.isEmpty()) {
      Operation operation = open.remove();
      if (moved.contains(operation.name())) {
        return true;
      }
      if (seen.add(operation.name())) {
        for (Operand<?> input : ((GraphOperation) operation).inputs()) {
          open.add(input.op());
        }
      }
    }
    return false;
  }
}
