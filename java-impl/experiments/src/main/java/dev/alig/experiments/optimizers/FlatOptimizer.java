package dev.alig.experiments.optimizers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimizer that steps on one flat array, which holds all parameters of a model.
 *
 * <p>Its state is a few vectors of the same length and a few numbers. Both are visible, so that a
 * checkpoint can hold them. Weight decay acts on all parameters, also on biases and on the scales
 * of batch normalization, as in PyTorch. NaN and infinities propagate as in IEEE arithmetic.
 */
public abstract class FlatOptimizer {
  /** The number of steps taken, among {@link #numbers}. */
  public static final String STEPS = "steps";

  private final Format format;
  private final int size;
  private final Map<String, double[]> vectors = new LinkedHashMap<>();
  private final Map<String, Double> numbers = new LinkedHashMap<>();

  /** An optimizer of {@code size} parameters, whose state is zeros. */
  FlatOptimizer(Format format, int size, List<String> vectors) {
    this.format = format;
    this.size = size;
    vectors.forEach(name -> this.vectors.put(name, new double[size]));
    numbers.put(STEPS, 0.0);
  }

  /** The vectors of the state by their names. They are not copies. */
  public final Map<String, double[]> vectors() {
    return Collections.unmodifiableMap(vectors);
  }

  /** The numbers of the state by their names, for reading and loading. */
  public final Map<String, Double> numbers() {
    return numbers;
  }

  /**
   * Takes one step in place.
   *
   * @param loss the loss at {@code w}; most optimizers do not use it
   * @param rate the learning rate of this step
   * @param w the parameters
   * @param gradient the gradient at {@code w}, which is not changed
   * @throws IllegalArgumentException if an array has another length than the state; nothing has
   *     been changed then
   */
  public final void step(double loss, double rate, double[] w, double[] gradient) {
    if (w.length != size || gradient.length != size) {
      throw new IllegalArgumentException(
          "the optimizer has %d parameters; given were %d and a gradient of %d"
              .formatted(size, w.length, gradient.length));
    }
    numbers.merge(STEPS, 1.0, Double::sum);
    take(loss, rate, w, gradient);
  }

  /** Takes the step; {@link #t} is its number. */
  abstract void take(double loss, double rate, double[] w, double[] gradient);

  /** The number of the step that is taken, from 1 on. */
  final double t() {
    return numbers.getOrDefault(STEPS, 0.0);
  }

  final double[] vector(String name) {
    return vectors.getOrDefault(name, new double[0]);
  }

  final double round(double value) {
    return format.round(value);
  }

  final double timesPlus(double a, double b, double c) {
    return format.timesPlus(a, b, c);
  }

  final double innerProduct(double[] a, double[] b) {
    return format.innerProduct(a, b);
  }

  /** The gradient with the gradient of {@code decay}/2 · w² added. */
  final double decayed(double gradient, double decay, double w) {
    return decay == 0 ? gradient : timesPlus(w, round(decay), gradient);
  }

  /** 1 - beta^t, in double whatever the format. */
  final double unbias(double beta) {
    return 1 - StrictMath.pow(beta, t());
  }

  /** mean + weight · (next - mean), computed from the nearer end as {@code torch.lerp} does. */
  final double lerp(double mean, double next, double weight) {
    double way = round(next - mean);
    return Math.abs(weight) < 0.5
        ? timesPlus(weight, way, mean)
        : timesPlus(round(weight - 1), way, next);
  }

  /** w + move · direction / denominator, with three roundings. */
  final double moved(double w, double move, double direction, double denominator) {
    return round(w + round(round(move * direction) / denominator));
  }

  static double requireDecayRate(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be >= 0 and < 1, was " + value);
    }
    return value;
  }

  static double requireNotNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + " must be >= 0, was " + value);
    }
    return value;
  }
}
