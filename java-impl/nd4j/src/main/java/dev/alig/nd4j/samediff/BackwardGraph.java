package dev.alig.nd4j.samediff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A copy of a graph that also computes the gradients of its losses, by reverse accumulation.
 *
 * <p>SameDiff's {@code createGradFunction} uses the gradient of each operation, and some are wrong.
 * Here {@link Gradients} gives right gradients where it can, and refuses the other operations. The
 * copy shares the arrays of variables and constants with the graph. The graph itself does not
 * change.
 */
final class BackwardGraph {
  /** SameDiff's name for the function that computes gradients. */
  private static final String GRADIENTS = "grad";

  private final SameDiff graph;
  private final SameDiff copy;
  private final List<String> losses;

  /** The names of all values that depend on a trained variable. */
  private final Set<String> moving = new HashSet<>();

  private final Map<String, SDVariable> gradients = new HashMap<>();
  private final Gradients rules;
  private final int operations;
  private final List<SameDiffOp> differentiated;

  /**
   * Builds the copy.
   *
   * @throws IllegalArgumentException if an operation between a variable and the loss has no right
   *     gradient; the message names it
   */
  BackwardGraph(SameDiff graph, List<String> losses, Gradients rules) {
    this.graph = graph;
    this.losses = losses;
    this.rules = rules;
    operations = graph.getOps().size();
    List<SameDiffOp> order = order();
    differentiated = order.stream().filter(this::moves).toList();
    differentiated.forEach(op -> rules.requireRight(graph, op, moving::contains));
    copy = SameDiff.create();
    copy.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), false);
    copyGraph();
    own();
    for (String loss : losses) {
      gradients.put(loss, copy.onesLike(copy.getVariable(loss)));
    }
    for (int i = differentiated.size() - 1; i >= 0; i--) {
      differentiate(differentiated.get(i));
    }
    gradients.forEach(copy::setGradientForVariableName);
    copy.putSubFunction(GRADIENTS, copy);
  }

  /** The operations between variables and losses. */
  List<SameDiffOp> differentiated() {
    return differentiated;
  }

  /** The names of the variables that the losses depend on. */
  Set<String> trained() {
    Set<String> trained = new LinkedHashSet<>();
    gradients.keySet().stream()
        .filter(name -> kind(name) == VariableType.VARIABLE)
        .forEach(trained::add);
    return trained;
  }

  /** Computes the losses, and the gradients by the name of their variable. */
  OutAndGrad compute(Map<String, INDArray> placeholders, List<String> withGradient) {
    copy.setListeners(graph.getListeners());
    return copy.calculateGradientsAndOutputs(placeholders, losses, withGradient);
  }

  /** The sum over all losses and their elements. */
  static double loss(OutAndGrad computed) {
    double sum = 0;
    for (INDArray loss : computed.getOutputs().values()) {
      sum += loss.isScalar() ? loss.getDouble(0) : loss.sumNumber().doubleValue();
    }
    return sum;
  }

  /** Whether operations were added to the graph or removed since. */
  boolean isStale() {
    return graph.getOps().size() != operations;
  }

  /** The operations that compute the losses, each after those whose results it uses. */
  private List<SameDiffOp> order() {
    List<SameDiffOp> order = new ArrayList<>();
    Set<String> begun = new HashSet<>();
    Set<String> done = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    losses.forEach(loss -> push(open, loss, begun));
    while (!open.isEmpty()) {
      String next = open.peek();
      SameDiffOp op = Objects.requireNonNull(graph.getOps().get(next));
      if (begun.add(next)) {
        op.getInputsToOp().forEach(input -> push(open, input, begun));
      } else {
        open.pop();
        if (done.add(next)) {
          order.add(op);
          note(op);
        }
      }
    }
    return order;
  }

  private void push(Deque<String> open, String variable, Set<String> begun) {
    String creator = Objects.requireNonNull(graph.getVariables().get(variable)).getOutputOfOp();
    if (creator == null) {
      if (kind(variable) == VariableType.VARIABLE && isReal(variable)) {
        moving.add(variable);
      }
    } else if (!begun.contains(creator)) {
      open.push(creator);
    }
  }

  /** Marks the results of an operation as moving if one of its inputs is. */
  private void note(SameDiffOp op) {
    if (op.getInputsToOp().stream().anyMatch(moving::contains)) {
      op.getOutputsOfOp().stream().filter(this::isReal).forEach(moving::add);
    }
  }

  private boolean moves(SameDiffOp op) {
    return op.getOutputsOfOp().stream().anyMatch(moving::contains);
  }

  private boolean isReal(String variable) {
    return graph.getVariable(variable).dataType().isFPType();
  }

  private VariableType kind(String variable) {
    return graph.getVariable(variable).getVariableType();
  }

  private void copyGraph() {
    try {
      graph.invokeGraphOn(copy);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "SameDiff cannot copy the graph, which is needed to compute gradients: %s; remove the operation named there"
              .formatted(e.getMessage()),
          e);
    }
  }

  /** Makes all functions and variables of the copy refer to the copy. */
  private void own() {
    for (SameDiffOp op : copy.getOps().values()) {
      DifferentialFunction function = op.getOp();
      for (SDVariable variable : function.args()) {
        variable.setSameDiff(copy);
      }
      for (SDVariable variable : function.outputVariables()) {
        variable.setSameDiff(copy);
      }
      function.setSameDiff(copy);
    }
  }

  private void differentiate(SameDiffOp op) {
    if (op.getOutputsOfOp().stream().noneMatch(gradients::containsKey)) {
      return;
    }
    List<@Nullable SDVariable> above = new ArrayList<>();
    for (String output : op.getOutputsOfOp()) {
      above.add(isReal(output) ? gradientOf(output) : null);
    }
    DifferentialFunction function = Objects.requireNonNull(copy.getOps().get(op.getName())).getOp();
    List<SDVariable> below = rules.differentiate(op, function, above);
    for (int i = 0; i < op.getInputsToOp().size(); i++) {
      String input = op.getInputsToOp().get(i);
      if (moving.contains(input)) {
        if (i >= below.size() || below.get(i) == null) {
          throw Gradients.none(op, "it gives no gradient for the input " + input);
        }
        gradients.merge(input, below.get(i), SDVariable::add);
      }
    }
  }

  private SDVariable gradientOf(String output) {
    SDVariable gradient = gradients.get(output);
    return gradient == null ? copy.zerosLike(copy.getVariable(output)) : gradient;
  }
}
