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
 * Copies gradients that a caller made of the variables they move.
 *
 * <p>Operations such as identity, reshape and slice pass on the memory of a variable, so that an
 * update could read its gradient after another had written it. Gradients by TensorFlow are products
 * with the derivative of the loss by itself, and never a variable's memory.
 */
final class Copies {
  private final Set<String> own = new HashSet<>();

  /** Remembers gradients that TensorFlow made, and answers with them. */
  List<GradAndVar<?>> trust(List<GradAndVar<?>> pairs) {
    pairs.forEach(pair -> own.add(pair.getGradient().op().name()));
    return pairs;
  }

  /** The same groups, with copies of gradients if any depends on a moved variable by itself. */
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

  /** Variables that the step does not write cannot change under it. */
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
