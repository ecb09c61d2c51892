package dev.alig.experiments.networks;

import dev.alig.experiments.Randomness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Lists the arrays of a network; a layer's output is represented by its number of channels. */
public final class Parameters implements Layers<Integer> {
  private final List<Parameter> found = new ArrayList<>();

  private Parameters() {}

  /**
   * The parameters that a network for images of some channels learns, in the order of its layers.
   */
  public static List<Parameter> of(Network network, int channels) {
    return withStatistics(network, channels).stream().filter(Parameter::isLearned).toList();
  }

  /** The same parameters, and the running statistics. */
  static List<Parameter> withStatistics(Network network, int channels) {
    Parameters parameters = new Parameters();
    network.scores(parameters, channels);
    return List.copyOf(parameters.found);
  }

  /** How many numbers a network learns; running statistics do not count. */
  public static long count(Network network, int channels) {
    return of(network, channels).stream().mapToLong(Parameter::size).sum();
  }

  /**
   * The initial values of the parameters, by name.
   *
   * <p>Convolutions are drawn from N(0, 2 / (kernel² · outputs)), and the matrix of a linear layer
   * from U(±1/√inputs). Scales and running variances are 1. Shifts and running means are 0. {@link
   * Bias} says how a bias starts.
   */
  public static Map<String, double[]> initial(Network network, int channels, long seed) {
    Random random = new Random(Randomness.of(seed, "parameters", 0).nextLong());
    Map<String, double[]> values = new LinkedHashMap<>();
    withStatistics(network, channels)
        .forEach(parameter -> values.put(parameter.name(), parameter.initialValues(random)));
    return values;
  }

  private void add(String name, Parameter.Initial initial, Integer... shape) {
    found.add(new Parameter(name, List.of(shape), initial, true));
  }

  private void addStatistic(String name, double initial, int channels) {
    Parameter.Initial constant = new Parameter.Constant(initial);
    found.add(new Parameter(name, List.of(channels), constant, false));
  }

  @Override
  public Integer convolution(String name, Integer input, int outputs, int kernel, int stride) {
    double deviation = Math.sqrt(2.0 / (kernel * kernel * outputs));
    add(name + ".weight", new Parameter.Normal(deviation), outputs, input, kernel, kernel);
    return outputs;
  }

  @Override
  public Integer normalization(String name, Integer input) {
    add(name + ".weight", new Parameter.Constant(1), input);
    add(name + ".bias", new Parameter.Constant(0), input);
    addStatistic(name + ".running_mean", 0, input);
    addStatistic(name + ".running_var", 1, input);
    return input;
  }

  @Override
  public Integer linear(String name, Integer input, int outputs, Bias bias) {
    Parameter.Initial uniform = new Parameter.Uniform(1 / Math.sqrt(input));
    add(name + ".weight", uniform, outputs, input);
    if (bias != Bias.NONE) {
      add(name + ".bias", bias == Bias.ZERO ? new Parameter.Constant(0) : uniform, outputs);
    }
    return outputs;
  }

  @Override
  public Integer relu(Integer input) {
    return input;
  }

  @Override
  public Integer dropout(Integer input, double rate) {
    return input;
  }

  @Override
  public Integer sum(Integer first, Integer second) {
    if (!first.equals(second)) {
      throw new IllegalArgumentException(
          "outputs of %d and %d channels have no sum".formatted(first, second));
    }
    return first;
  }

  @Override
  public Integer concatenation(Integer first, Integer second) {
    return first + second;
  }

  @Override
  public Integer halvedByMean(Integer input) {
    return input;
  }

  @Override
  public Integer halvedByMaximum(Integer input) {
    return input;
  }

  @Override
  public Integer channelMeans(Integer input) {
    return input;
  }
}
