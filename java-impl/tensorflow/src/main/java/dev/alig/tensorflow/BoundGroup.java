package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.types.family.TType;

/**
 * A group of variables with their gradients. A pair without a gradient has null or a closed output.
 */
record BoundGroup(ParameterGroup group, List<GradAndVar<?>> pairs) {
  /**
   * Sorts pairs into the plan's groups. The pairs of no group form the last group.
   *
   * @throws IllegalArgumentException if there is no pair, a variable is listed twice, a group's
   *     variable is missing, or a gradient does not fit its variable
   */
  static List<BoundGroup> of(Plan plan, List<? extends GradAndVar<?>> pairs) {
    List<Output<?>> listed = new ArrayList<>();
    Map<String, GradAndVar<?>> byName = new LinkedHashMap<>();
    for (GradAndVar<?> pair : pairs) {
      Checks.requireVariable(plan.graph(), pair.getVariable());
      if (isPresent(pair)) {
        Checks.requireGradient(plan.graph(), pair.getGradient(), pair.getVariable());
      }
      listed.add(pair.getVariable());
      byName.put(pair.getVariable().op().name(), pair);
    }
    if (listed.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no variable; pass at least one with its gradient");
    }
    Checks.requireDistinct(listed);
    List<BoundGroup> bound = new ArrayList<>();
    for (ParameterGroup group : plan.groups()) {
      bound.add(new BoundGroup(group, take(byName, group)));
    }
    if (!byName.isEmpty()) {
      bound.add(new BoundGroup(plan.rest(), List.copyOf(byName.values())));
    }
    return bound;
  }

  private static List<GradAndVar<?>> take(Map<String, GradAndVar<?>> from, ParameterGroup group) {
    List<GradAndVar<?>> taken = new ArrayList<>();
    for (Operand<?> variable : group.variables()) {
      String name = variable.asOutput().op().name();
      GradAndVar<?> pair = from.remove(name);
      if (pair == null) {
        throw new IllegalArgumentException(
            "variable %s is in a group, but has no entry among the gradients; add one, with null for no gradient"
                .formatted(name));
      }
      taken.add(pair);
    }
    return taken;
  }

  static boolean isPresent(GradAndVar<?> pair) {
    Output<?> gradient = pair.getGradient();
    return gradient != null && !gradient.isClosed();
  }

  /** The pairs that have gradients. */
  static Stream<GradAndVar<?>> present(List<BoundGroup> groups) {
    return groups.stream().flatMap(group -> group.pairs.stream()).filter(BoundGroup::isPresent);
  }

  boolean hasGradient() {
    return pairs.stream().anyMatch(BoundGroup::isPresent);
  }

  static List<Output<?>> variables(List<BoundGroup> groups) {
    List<Output<?>> all = new ArrayList<>();
    groups.forEach(group -> group.pairs.forEach(pair -> all.add(pair.getVariable())));
    return all;
  }

  static List<Output<? extends TType>> withMomentum(List<BoundGroup> groups) {
    return List.copyOf(variables(groups.stream().filter(g -> g.group.hasMomentum()).toList()));
  }
}
