package dev.alig.experiments.networks;

import dev.alig.experiments.Snapshot;
import dev.alig.experiments.optimizers.FlatOptimizer;
import dev.alig.experiments.optimizers.Format;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.types.TFloat32;

/**
 * A network of TensorFlow, whose steps a {@link FlatOptimizer} takes on all learned parameters as
 * one array, in FLOAT. The array has PyTorch's order.
 */
public final class FlatModel implements ImageModel {
  private static final String STATE = "optimizer.";
  private static final String NUMBERS = STATE + "numbers";

  private final TensorFlowModel<TFloat32> model;
  private final List<Parameter> learned;
  private final FlatOptimizer optimizer;
  private final double rate;

  /**
   * Creates a network with its initial parameters.
   *
   * @param seed the seed of the initial parameters
   * @param threads the number of threads that TensorFlow may use
   */
  public FlatModel(
      Network network,
      ImageSize size,
      Loss loss,
      OptimizerSettings.Flat settings,
      long seed,
      int threads) {
    this.model =
        new TensorFlowModel<>(network, size, loss, settings, TFloat32.class, seed, threads);
    this.learned =
        Parameters.withStatistics(network, size.channels()).stream()
            .filter(Parameter::isLearned)
            .toList();
    int count = learned.stream().mapToInt(Parameter::size).sum();
    this.optimizer = settings.create(Format.FLOAT, count);
    this.rate = settings.rate();
  }

  @Override
  public Outcome step(float[] pixels, int[] labels, long seed, long index) {
    TensorFlowModel.Passed passed = model.stepWithGradient(pixels, labels, seed);
    Outcome outcome = passed.outcome();
    double[] w = flat(model.values());
    optimizer.step(outcome.loss(), rate, w, flat(passed.gradient().values()));
    model.assign(arrays(w));
    double squares = 0;
    for (double number : w) {
      squares += number * number;
    }
    return new Outcome(
        outcome.loss(), outcome.scores(), rate, rate, outcome.gradientNorm(), Math.sqrt(squares));
  }

  private double[] flat(Map<String, double[]> values) {
    return learned.stream()
        .flatMapToDouble(parameter -> Arrays.stream(of(values, parameter)))
        .toArray();
  }

  private static double[] of(Map<String, double[]> values, Parameter parameter) {
    double[] found = values.get(parameter.name());
    if (found == null) {
      throw new IllegalStateException("the model gave no values of " + parameter.name());
    }
    return found;
  }

  private Map<String, double[]> arrays(double[] w) {
    Map<String, double[]> arrays = new LinkedHashMap<>();
    int from = 0;
    for (Parameter parameter : learned) {
      arrays.put(parameter.name(), Arrays.copyOfRange(w, from, from + parameter.size()));
      from += parameter.size();
    }
    return arrays;
  }

  @Override
  public Gradient gradient(float[] pixels, int[] labels, long seed) {
    return model.gradient(pixels, labels, seed);
  }

  @Override
  public float[][] scores(float[] pixels) {
    return model.scores(pixels);
  }

  @Override
  public Map<String, double[]> values() {
    return model.values();
  }

  @Override
  public void assign(Map<String, double[]> values) {
    model.assign(values);
  }

  @Override
  public Snapshot save() {
    Map<String, byte[]> saved = new TreeMap<>(model.save().arrays());
    optimizer.vectors().forEach((name, vector) -> saved.put(STATE + name, bytes(vector)));
    double[] numbers =
        optimizer.numbers().values().stream().mapToDouble(number -> number).toArray();
    saved.put(NUMBERS, bytes(numbers));
    return new Snapshot(saved);
  }

  /** Sets the optimizer after the model, which refuses the state of another network. */
  @Override
  public void restore(Snapshot saved) {
    Map<String, byte[]> ofModel = new TreeMap<>(saved.arrays());
    Map<String, byte[]> ofOptimizer = new TreeMap<>();
    for (String name : new TreeMap<>(save().arrays()).keySet()) {
      if (name.startsWith(STATE)) {
        byte[] array = ofModel.remove(name);
        int size = name.equals(NUMBERS) ? optimizer.numbers().size() : count();
        if (array == null || array.length != size * Double.BYTES) {
          throw new IllegalArgumentException(
              "the saved state has no %s of %d numbers".formatted(name, size));
        }
        ofOptimizer.put(name, array);
      }
    }
    model.restore(new Snapshot(ofModel));
    ofOptimizer.forEach(this::set);
  }

  private int count() {
    return learned.stream().mapToInt(Parameter::size).sum();
  }

  private void set(String name, byte[] array) {
    double[] values = new double[array.length / Double.BYTES];
    ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    if (name.equals(NUMBERS)) {
      int at = 0;
      for (String number : List.copyOf(optimizer.numbers().keySet())) {
        optimizer.numbers().put(number, values[at]);
        at++;
      }
      return;
    }
    double[] vector = optimizer.vectors().get(name.substring(STATE.length()));
    if (vector != null) {
      System.arraycopy(values, 0, vector, 0, vector.length);
    }
  }

  private static byte[] bytes(double[] values) {
    byte[] bytes = new byte[values.length * Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
    return bytes;
  }

  @Override
  public void close() {
    model.close();
  }
}
