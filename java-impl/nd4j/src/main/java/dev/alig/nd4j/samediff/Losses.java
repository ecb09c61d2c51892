package dev.alig.nd4j.samediff;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.Variable;

/** The loss variables of a graph. */
final class Losses {
  private Losses() {}

  /**
   * The names of the loss variables: those set in the graph, else those of the training
   * configuration, else the only result that no operation uses.
   *
   * @throws IllegalStateException if there is none of these
   * @throws IllegalArgumentException if one is not of a floating-point type
   */
  static List<String> of(SameDiff graph) {
    List<String> losses = named(graph);
    for (String loss : losses) {
      if (!graph.getVariable(loss).dataType().isFPType()) {
        throw new IllegalArgumentException(
            "the loss variable %s must have a floating-point type, had %s; cast it"
                .formatted(loss, graph.getVariable(loss).dataType()));
      }
    }
    return losses;
  }

  private static List<String> named(SameDiff graph) {
    List<String> losses = graph.getLossVariables().stream().distinct().toList();
    TrainingConfig config = graph.getTrainingConfig();
    if (losses.isEmpty() && config != null && config.getLossVariables() != null) {
      losses = config.getLossVariables().stream().distinct().toList();
    }
    if (!losses.isEmpty()) {
      return losses;
    }
    List<String> unused =
        graph.getVariables().values().stream()
            .filter(Losses::isUnusedResult)
            .map(Variable::getName)
            .toList();
    if (unused.size() != 1) {
      throw new IllegalStateException(
          "the graph has no loss variables, and not exactly one unused result, but %s; name the loss"
                  .formatted(unused)
              + " with setLossVariables");
    }
    return unused;
  }

  private static boolean isUnusedResult(Variable variable) {
    SDVariable result = variable.getVariable();
    return result.getVariableType() == VariableType.ARRAY
        && result.dataType().isFPType()
        && (variable.getInputsForOp() == null || variable.getInputsForOp().isEmpty());
  }
}
