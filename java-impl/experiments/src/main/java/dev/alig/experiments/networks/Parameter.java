package dev.alig.experiments.networks;

import java.util.List;
import java.util.Random;

/**
 * An array of a network, with its name and shape in PyTorch.
 *
 * @param name such as {@code conv1.weight}
 * @param shape outputs, inputs, height and width of a convolution; outputs and inputs of a linear
 *     layer; else the number of channels or outputs
 * @param initial its initial values
 * @param isLearned whether the optimizer updates it, which is not so for running statistics
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
   * The parameter with a name and a size.
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

  /** The initial values of a parameter. */
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

  /** A normal distribution with mean 0. */
  public record Normal(double deviation) implements Initial {
    @Override
    public double next(Random random) {
      return deviation * random.nextGaussian();
    }
  }

  /** A uniform distribution from -bound to bound. */
  public record Uniform(double bound) implements Initial {
    @Override
    public double next(Random random) {
      return bound * (2 * random.nextDouble() - 1);
    }
  }
}
