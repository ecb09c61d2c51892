package dev.alig.nd4j.samediff;

import dev.alig.nd4j.samediff.SameDiffTrainerBuilder.NamedGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The trained variables, by group.
 *
 * @param groups the names of each group's variables
 * @param arrays the array of each variable, group by group
 * @param withGradient the names of the variables that the loss depends on
 */
record Variables(
    List<List<String>> groups, Map<String, INDArray> arrays, List<String> withGradient) {

  /**
   * The trained variables of a graph. The variables that no group names are the last group.
   *
   * @param moved the names of the variables that the loss depends on
   */
  static Variables of(SameDiff graph, List<NamedGroup> named, Set<String> moved) {
    Map<String, INDArray> rest = trained(graph);
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    List<List<String>> groups = new ArrayList<>();
    for (NamedGroup group : named) {
      for (String name : group.variables()) {
        arrays.put(name, take(rest, arrays, graph, name));
      }
      groups.add(group.variables());
    }
    if (!rest.isEmpty()) {
      groups.add(List.copyOf(rest.keySet()));
      arrays.putAll(rest);
    }
    List<String> withGradient = arrays.keySet().stream().filter(moved::contains).toList();
    return new Variables(
        List.copyOf(groups), Collections.unmodifiableMap(arrays), requireSome(withGradient, graph));
  }

  /** The trained variables in alphabetical order, because SameDiff has no order. */
  private static Map<String, INDArray> trained(SameDiff graph) {
    Map<String, INDArray> trained = new TreeMap<>();
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        trained.put(variable.name(), variable.getArr());
      }
    }
    requireOneType(trained);
    return trained;
  }

  private static void requireOneType(Map<String, INDArray> trained) {
    Map<DataType, String> examples = new LinkedHashMap<>();
    trained.forEach((name, array) -> examples.putIfAbsent(array.dataType(), name));
    if (examples.size() > 1) {
      throw new IllegalArgumentException(
          "all trained variables must have one type, and there are "
              + examples
              + "; cast them to one type, or make some constants");
    }
  }

  private static INDArray take(
      Map<String, INDArray> rest, Map<String, INDArray> taken, SameDiff graph, String name) {
    INDArray array = rest.remove(name);
    if (array != null) {
      return array;
    }
    if (taken.containsKey(name)) {
      throw new IllegalArgumentException("variable " + name + " is in two groups; name it in one");
    }
    String what = graph.hasVariable(name) ? "is of kind " + kind(graph, name) : "does not exist";
    throw new IllegalArgumentException(
        "%s %s and cannot be trained; name one of the variables %s"
            .formatted(name, what, rest.keySet()));
  }

  private static VariableType kind(SameDiff graph, String name) {
    return graph.getVariable(name).getVariableType();
  }

  private static List<String> requireSome(List<String> withGradient, SameDiff graph) {
    if (withGradient.isEmpty()) {
      throw new IllegalArgumentException(
          "the loss %s depends on no variable of kind VARIABLE, so there is nothing to train; create the parameters with var()"
              .formatted(graph.getLossVariables()));
    }
    return withGradient;
  }

  static void requireTrainable(@Nullable TrainingConfig config) {
    if (config == null) {
      return;
    }
    if (config.getRegularization() != null && !config.getRegularization().isEmpty()) {
      throw new IllegalArgumentException(
          "the training configuration has the regularization %s, which SameDiff adds to the gradients"
                  .formatted(config.getRegularization())
              + " and not to the loss; use l2Ball(radius) instead, or add the penalty to the loss"
              + " variable");
    }
    if (!config.isMinimize()) {
      throw new IllegalArgumentException(
          "the training configuration maximizes; ALI-G minimizes a loss: negate the loss variable");
    }
  }

  /** The arrays of one group. */
  INDArray[] arraysOfGroup(int group) {
    return groups.get(group).stream().map(arrays::get).toArray(INDArray[]::new);
  }

  /** The gradients in the order of the arrays; null for a variable without a gradient. */
  List<@Nullable INDArray> gradients(Map<String, INDArray> computed) {
    List<@Nullable INDArray> gradients = new ArrayList<>();
    arrays.keySet().forEach(name -> gradients.add(computed.get(name)));
    return gradients;
  }

  /** The elements of the arrays that the loss depends on, one array after the other. */
  double[] flat(Map<String, INDArray> arraysByName) {
    return withGradient.stream()
        .map(name -> Objects.requireNonNull(arraysByName.get(name), name))
        .flatMapToDouble(array -> Arrays.stream(array.dup('c').data().asDouble()))
        .toArray();
  }

  /**
   * The gradients in the order of the arrays, from their elements in the order of {@link #flat}.
   */
  List<@Nullable INDArray> gradients(double[] flat) {
    Map<String, INDArray> byName = new HashMap<>();
    int from = 0;
    for (String name : withGradient) {
      INDArray array = Objects.requireNonNull(arrays.get(name), name);
      int to = from + Math.toIntExact(array.length());
      INDArray elements = Nd4j.createFromArray(Arrays.copyOfRange(flat, from, to));
      byName.put(name, elements.castTo(array.dataType()).reshape('c', array.shape()));
      from = to;
    }
    return gradients(byName);
  }

  /** Throws if one is no longer a variable, or no longer has the same array. */
  void requireSame(SameDiff graph) {
    arrays.forEach(
        (name, array) -> {
          if (kind(graph, name) != VariableType.VARIABLE || graph.getArrForVarName(name) != array) {
            throw new IllegalStateException(
                "%s was a variable when the trainer was built and is of kind %s now, or has another"
                        .formatted(name, kind(graph, name))
                    + " array; build a new trainer after such a change");
          }
        });
  }
}
