package dev.alig.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.TensorFlow;
import org.tensorflow.framework.optimizers.Optimizer;
import org.tensorflow.framework.optimizers.Optimizer.GradAndVar;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * Compares a gradient with differences of its loss. Variables are fed, not assigned, so that the
 * session does not change; of a resource variable each read is fed. Random numbers are drawn once
 * and then fed, so that all losses are values of one function.
 */
final class SlopeMeter implements AutoCloseable {
  private static final int DIRECTIONS = 2;

  /** The assumed rounding error of a loss, in half ulps. */
  private static final double NOISE = 4;

  private final Session session;
  private final Output<?> loss;
  private final List<Output<?>> variables = new ArrayList<>();
  private final List<double[]> at = new ArrayList<>();
  private final List<double[]> gradients = new ArrayList<>();
  private final Map<Operand<?>, Tensor> feeds = new LinkedHashMap<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();
  private final Random random = new Random(0);

  private SlopeMeter(
      Session session, Output<?> loss, Map<? extends Operand<?>, ? extends Tensor> feeds) {
    this.session = session;
    this.loss = loss;
    this.feeds.putAll(feeds);
  }

  /**
   * Measures at the variables' values in the session, with the given feeds.
   *
   * @param pairs the gradients of variables or of their reads
   */
  static SlopeCheck measure(
      Session session,
      Output<?> loss,
      List<GradAndVar<?>> pairs,
      Map<? extends Operand<?>, ? extends Tensor> feeds) {
    try (SlopeMeter meter = new SlopeMeter(session, loss, feeds)) {
      meter.draw(pairs);
      return meter.compare();
    }
  }

  private void draw(List<GradAndVar<?>> pairs) {
    List<Output<?>> draws = draws(pairs);
    Map<String, Output<?>> fetched = new LinkedHashMap<>();
    draws.forEach(output -> fetched.put(output.name(), output));
    for (GradAndVar<?> pair : pairs) {
      variables.add(pair.getVariable());
      fetched.put(pair.getVariable().name(), pair.getVariable());
      fetched.put(pair.getGradient().name(), pair.getGradient());
    }
    List<String> names = List.copyOf(fetched.keySet());
    Session.Runner runner = session.runner();
    feeds.forEach(runner::feed);
    fetched.values().forEach(runner::fetch);
    Result result = runner.run();
    results.add(result);
    for (GradAndVar<?> pair : pairs) {
      Tensor value = result.get(names.indexOf(pair.getVariable().name()));
      shapes.add(value.shape());
      at.add(Numbers.of(value));
      gradients.add(Numbers.of(result.get(names.indexOf(pair.getGradient().name()))));
    }
    draws.forEach(output -> feeds.put(output, result.get(names.indexOf(output.name()))));
  }

  /** Outputs that differ from run to run, such as random numbers, and depend on no variable. */
  private List<Output<?>> draws(List<GradAndVar<?>> pairs) {
    GradientFlow flow = new GradientFlow(loss);
    List<Output<?>> trained = pairs.stream().<Output<?>>map(GradAndVar::getVariable).toList();
    Set<String> passed =
        flow.passages(trained).stream()
            .map(passage -> passage.operation().name())
            .collect(Collectors.toSet());
    trained.forEach(read -> passed.add(read.op().name()));
    List<Output<?>> draws = new ArrayList<>();
    for (GraphOperation operation : flow.operations()) {
      if (TensorFlow.isOpStateful(operation.type())
          && !operation.type().equals(Optimizer.VARIABLE_V2)
          && !passed.contains(operation.name())) {
        for (int i = 0; i < operation.numOutputs(); i++) {
          if (Numbers.canBeFed(operation.output(i))) {
            draws.add(operation.output(i));
          }
        }
      }
    }
    return draws;
  }

  private SlopeCheck compare() {
    List<double[]> along = new ArrayList<>();
    for (int i = 0; i < at.size(); i++) {
      if (gradients.get(i).length != at.get(i).length) {
        String where = "in the shape of the gradient of " + variables.get(i).op().name();
        return new SlopeCheck(Double.NaN, Double.POSITIVE_INFINITY, where, allowed());
      }
      along.add(gradients.get(i));
    }
    Difference first = difference(scaled(along));
    double slope = first.measured() / first.claimed();
    double worst = first.off();
    String where = "along the gradient";
    for (int i = 0; i < at.size(); i++) {
      for (int d = 0; d < DIRECTIONS; d++) {
        List<double[]> direction = new ArrayList<>();
        for (int j = 0; j < at.size(); j++) {
          double[] elements = new double[at.get(j).length];
          if (i == j) {
            Arrays.setAll(elements, e -> 2 * random.nextDouble() - 1);
          }
          direction.add(elements);
        }
        double off = difference(scaled(direction)).off();
        if (!(off <= worst)) {
          worst = off;
          where = "along a random direction of variable " + variables.get(i).op().name();
        }
      }
    }
    return new SlopeCheck(slope, worst, where, allowed());
  }

  /** The approximate accuracy of differences of a loss of this type. */
  private double allowed() {
    return loss.type() == TFloat64.class ? 1e-4 : loss.type() == TFloat32.class ? 2e-2 : 0.1;
  }

  private record Difference(double measured, double claimed, double size, double noise) {
    double off() {
      double beyond = Math.max(0, Math.abs(measured - claimed) - noise);
      return beyond == 0 ? 0 : beyond / Math.max(Math.abs(measured), size);
    }
  }

  /** The direction, scaled to the norm of the variables, so that steps along it are relative. */
  private List<double[]> scaled(List<double[]> direction) {
    double length = Math.max(norm(at), 1e-2) / norm(direction);
    return direction.stream().map(d -> Arrays.stream(d).map(e -> e * length).toArray()).toList();
  }

  private static double norm(List<double[]> vectors) {
    return Math.sqrt(vectors.stream().flatMapToDouble(Arrays::stream).map(e -> e * e).sum());
  }

  /**
   * The difference at the step size at which two successive step sizes agree best. The choice does
   * not depend on the gradient.
   */
  private Difference difference(List<double[]> direction) {
    int smallest = loss.type() == TFloat64.class ? 23 : loss.type() == TFloat32.class ? 11 : 7;
    double best = Double.POSITIVE_INFINITY;
    Difference before = at(direction, 0x1p-3);
    Difference found = before;
    for (int exponent = 5; exponent <= smallest; exponent += 2) {
      Difference next = at(direction, Math.scalb(1.0, -exponent));
      double doubt = Math.abs(next.measured() - before.measured()) + next.noise();
      if (doubt < best) {
        best = doubt;
        found = next;
      }
      before = next;
    }
    return found;
  }

  private Difference at(List<double[]> direction, double step) {
    List<double[]> above = new ArrayList<>();
    List<double[]> below = new ArrayList<>();
    double claimed = 0;
    double size = 0;
    for (int i = 0; i < at.size(); i++) {
      above.add(moved(i, direction.get(i), step));
      below.add(moved(i, direction.get(i), -step));
      for (int j = 0; j < at.get(i).length; j++) {
        double change = gradients.get(i)[j] * (above.get(i)[j] - below.get(i)[j]);
        claimed += change;
        size += Math.abs(change);
      }
    }
    double high = loss(above);
    double low = loss(below);
    double unit = Numbers.unit(loss.type());
    double noise = NOISE * unit * (Math.abs(high) + Math.abs(low));
    double length = 2 * step;
    return new Difference((high - low) / length, claimed / length, size / length, noise / length);
  }

  /** The moved values, rounded to the variable's type, as they are fed. */
  private double[] moved(int variable, double[] direction, double step) {
    double[] moved = at.get(variable).clone();
    for (int j = 0; j < moved.length; j++) {
      moved[j] += step * direction[j];
    }
    try (Tensor tensor = tensor(variable, moved)) {
      return Numbers.of(tensor);
    }
  }

  private Tensor tensor(int variable, double[] numbers) {
    return Numbers.tensor(variables.get(variable), shapes.get(variable), numbers);
  }

  private double loss(List<double[]> values) {
    List<Tensor> tensors = new ArrayList<>();
    Session.Runner runner = session.runner().fetch(loss);
    feeds.forEach(runner::feed);
    for (int i = 0; i < values.size(); i++) {
      tensors.add(tensor(i, values.get(i)));
      runner.feed(variables.get(i), tensors.get(i));
    }
    try (Result result = runner.run()) {
      return Numbers.of(result.get(0))[0];
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  @Override
  public void close() {
    results.forEach(Result::close);
  }
}
