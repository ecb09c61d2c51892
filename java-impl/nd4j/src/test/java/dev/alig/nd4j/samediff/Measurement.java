package dev.alig.nd4j.samediff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How each gradient of a graph compares with central differences of the graph's own loss. */
final class Measurement {
  /** In DOUBLE a central difference is good to some 1e-9 of the loss at this ε. */
  private static final double EPSILON = 1e-5;

  private static final double TOLERANCE = 1e-6;

  private final SameDiff graph;
  private final String loss;
  private final BackwardGraph backward;

  Measurement(SameDiff graph, String loss, Gradients rules) {
    this.graph = graph;
    this.loss = loss;
    backward = new BackwardGraph(graph, List.of(loss), rules);
  }

  /** The classes of the operations between variables and the loss. */
  List<String> operations() {
    return backward.differentiated().stream()
        .map(SameDiffOp::getOp)
        .map(op -> op.getClass().getName())
        .distinct()
        .toList();
  }

  /** What is wrong; nothing if all is right. */
  List<String> faults() {
    List<String> names = List.copyOf(backward.trained());
    OutAndGrad computed = backward.compute(Map.of(), names);
    List<String> faults = new ArrayList<>();
    double expected = loss();
    if (!(Math.abs(BackwardGraph.loss(computed) - expected)
        <= TOLERANCE * (1 + Math.abs(expected)))) {
      faults.add("loss %s instead of %s".formatted(BackwardGraph.loss(computed), expected));
    }
    for (String name : names) {
      INDArray values = graph.getArrForVarName(name);
      INDArray gradient = Objects.requireNonNull(computed.getGradients().get(name));
      if (!Arrays.equals(gradient.shape(), values.shape())) {
        faults.add(
            "%s: gradient of shape %s for %s"
                .formatted(
                    name, Arrays.toString(gradient.shape()), Arrays.toString(values.shape())));
        continue;
      }
      for (long i = 0; i < values.length(); i++) {
        double slope = slope(values, i);
        if (!(Math.abs(slope - gradient.getDouble(i)) <= TOLERANCE * (1 + Math.abs(slope)))) {
          faults.add("%s[%d]: %s instead of %s".formatted(name, i, gradient.getDouble(i), slope));
        }
      }
    }
    return faults;
  }

  private double slope(INDArray values, long index) {
    double value = values.getDouble(index);
    values.putScalar(index, value + EPSILON);
    double above = loss();
    values.putScalar(index, value - EPSILON);
    double below = loss();
    values.putScalar(index, value);
    return (above - below) / (2 * EPSILON);
  }

  private double loss() {
    return Objects.requireNonNull(graph.output(Map.of(), loss).get(loss)).sumNumber().doubleValue();
  }
}
