package dev.alig.nd4j.samediff;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The loss variables of a graph. */
final class Losses {
  private Losses() {}

  /**
   * Their names.
   *
   * @throws IllegalArgumentException if one is computed from another: SameDiff's gradients leave
   *     out the way through it
   */
  static List<String> of(SameDiff graph) {
    List<String> losses = List.copyOf(graph.getLossVariables());
    for (String loss : losses) {
      Set<String> sources = sources(graph, loss);
      losses.stream()
          .filter(sources::contains)
          .findFirst()
          .ifPresent(
              other -> {
                throw new IllegalArgumentException(
                    "the loss variable %s is computed from the loss variable %s,"
                            .formatted(loss, other)
                        + " which SameDiff's gradients do not account for; minimize their sum as"
                        + " one variable");
              });
    }
    return losses;
  }

  /** All that a variable is computed from. */
  private static Set<String> sources(SameDiff graph, String name) {
    Set<String> sources = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(name));
    while (!open.isEmpty()) {
      for (SDVariable input : inputs(graph, open.remove())) {
        if (sources.add(input.name())) {
          open.add(input.name());
        }
      }
    }
    return sources;
  }

  private static SDVariable[] inputs(SameDiff graph, String name) {
    SDVariable variable = graph.getVariable(name);
    return variable.getCreator() == null
        ? new SDVariable[0]
        : graph.getInputVariablesForOp(variable.getCreator());
  }
}
