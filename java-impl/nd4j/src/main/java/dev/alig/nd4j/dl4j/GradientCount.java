package dev.alig.nd4j.dl4j;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.ExternalErrorsFunction;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Corrects the gradient that DL4J passes to a SameDiff graph, which counts it several times.
 *
 * <p>{@code ExternalErrorsFunction} makes the placeholder of that gradient the gradient of the
 * output. {@code DifferentialFunction.diff} then adds the same placeholder to it. So all gradients
 * that follow are twice as large. The count is taken from the graph, so that a release of SameDiff
 * without this error needs no change.
 */
final class GradientCount implements Serializable {
  private static final long serialVersionUID = 1;

  private int times;

  /**
   * The gradient divided by the number of times that the graph counts it. Division by 2 is exact.
   *
   * @param graph the layer's graph
   * @param errors the function by which the gradient enters the graph
   * @param output the name of the layer's output there
   * @param inputs the names of its inputs
   */
  @SuppressWarnings("try")
  INDArray once(
      INDArray gradient,
      LayerWorkspaceMgr workspaceMgr,
      SameDiff graph,
      ExternalErrorsFunction errors,
      String output,
      String... inputs) {
    if (times == 0) {
      try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        if (!graph.hasGradientFunction()) {
          graph.createGradFunction(inputs);
        }
      }
      SameDiff backwards = graph.getFunction("grad");
      times = count(backwards, gradientOf(backwards, output), errors.getGradPlaceholderName());
    }
    return times == 1
        ? gradient
        : workspaceMgr.dup(ArrayType.ACTIVATION_GRAD, gradient).divi(times);
  }

  private static String gradientOf(SameDiff backwards, String output) {
    return Objects.requireNonNull(
            backwards.getVariable(output).getGradient(), () -> output + " has no gradient")
        .name();
  }

  /** The number of times that the placeholder is among the summands. */
  private static int count(SameDiff backwards, String variable, String placeholder) {
    if (variable.equals(placeholder)) {
      return 1;
    }
    SameDiffOp operation = operation(backwards, variable);
    if (operation == null || !(operation.getOp() instanceof AddOp)) {
      throw new IllegalStateException(
          "the gradient of a layer built on SameDiff starts from "
              + variable
              + ", which is not a sum of the gradient that DL4J passes in, "
              + placeholder
              + ", so ALI-G cannot tell how often it counts; use a layer of DL4J that is not built on"
              + " SameDiff");
    }
    List<String> summands = operation.getInputsToOp();
    return summands.stream().mapToInt(summand -> count(backwards, summand, placeholder)).sum();
  }

  private static @Nullable SameDiffOp operation(SameDiff graph, String variable) {
    String name = Objects.requireNonNull(graph.getVariables().get(variable)).getOutputOfOp();
    return name == null ? null : graph.getOps().get(name);
  }
}
