package dev.alig.experiments.networks;

import java.util.List;
import java.util.Random;

/**
 * An array of a network, as PyTorch calls and shapes it.
 *
 * @param name such as {@code conv1.weight}
 * @param shape outputs, inputs, height and width of a convolution; outputs and inputs of a linear
 *     layer; else the number of channels or outputs
 * @param initial what it starts with
 * @param isLearned whether the optimizer moves it; running statistics move by themselves
 */
public record Parameter(String name, List<Integer> shape, Initial initial, boolean isLearned) {
  /** Copies the shape. */
  public Parameter {
    shape = List.copyOf(shape);
  }

  /** How many numbers it has. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /**
   * The parameter of a name and a size.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Parameter find(List<Parameter> parameters, String name, int size) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name) && parameter.size() == size)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the network has no parameter %s of %d numbers".formatted(name, size)));
  }

  double[] initialValues(Random random) {
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = initial.next(random);
    }
    return values;
  }

  /** What a parameter starts with. */
  public sealed interface Initial {
    /** The next number. */
    double next(Random random);
  }

  /** The same number everywhere. */
  public record Constant(double value) implements Initial {
    @Override
    public double next(Random random) {
      return value;
    }
  }

  /** A normal distribution around 0. */
  public record Normal(double deviation) implements Initial {
    @Override
    public double next(Random random) {
      return deviation * random.nextGaussian();
    }
  }

  /** Numbers from -bound to bound. */
  public record Uniform(double bound) implements Initial {
    @Override
    public double next(Random random) {
      return bound * (2 * random.nextDouble() - 1);
    }
  }
}
