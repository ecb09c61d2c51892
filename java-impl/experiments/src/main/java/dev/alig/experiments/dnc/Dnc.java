package dev.alig.experiments.dnc;

import dev.alig.experiments.Backend;
import dev.alig.experiments.Experiment;
import dev.alig.experiments.InputException;
import dev.alig.experiments.Options;
import dev.alig.experiments.Randomness;
import dev.alig.experiments.Training;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tensorflow.types.TFloat32;

/** The experiment {@code dnc}, in float32 as the authors ran it. */
public final class Dnc implements Experiment<DncRow> {
  private static final int CUT = 2;

  /** Creates the experiment; the service loader needs this constructor. */
  public Dnc() {}

  @Override
  public String name() {
    return "dnc";
  }

  @Override
  public String description() {
    return "a differentiable neural computer learns to repeat patterns of bits; needs no data";
  }

  @Override
  public Class<DncRow> rowType() {
    return DncRow.class;
  }

  @Override
  public List<Backend> backends() {
    return List.of(Backend.TENSORFLOW);
  }

  @Override
  public Training prepare(DncRow row, Options options) throws InputException {
    RepeatCopy task = RepeatCopy.ofPaper();
    DncSizes sizes = DncSizes.ofPaper(task.bits());
    int steps = steps(row, options);
    return new DncTraining<>(
        TFloat32.class,
        task,
        sizes,
        weights(sizes, Randomness.of(options.seed(), "weights", 0)),
        row,
        options.seed(),
        steps,
        options.threads());
  }

  private static int steps(DncRow row, Options options) throws InputException {
    if (options.limit().isPresent()) {
      throw new InputException("dnc draws its data; leave out --limit, and give --steps");
    }
    if (options.epochs().isPresent()) {
      if (options.steps().isPresent()) {
        throw new InputException("give either --epochs or --steps");
      }
      return Math.multiplyExact(options.epochs().getAsInt(), DncTraining.EPOCH);
    }
    int steps = options.steps().orElse(row.steps());
    if (steps > DncTraining.EPOCH && steps % DncTraining.EPOCH != 0) {
      throw new InputException(
          "--steps above %d must be a multiple of it, was %d".formatted(DncTraining.EPOCH, steps));
    }
    return steps;
  }

  /**
   * The initial parameters, as Sonnet 1 draws them. Every matrix and the controller's bias are
   * normal with standard deviation 1 / √inputs, truncated at two deviations. Other biases are 0.
   */
  static Map<String, double[]> weights(DncSizes sizes, SplittableRandom random) {
    Map<String, int[]> shapes = sizes.parameters();
    Map<String, double[]> weights = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          String layer = name.substring(0, name.indexOf('.'));
          int inputs = shapes.getOrDefault(layer + ".weights", shape)[0];
          boolean drawn = shape.length == 2 || layer.equals("controller");
          double[] values = new double[shape.length == 2 ? shape[0] * shape[1] : shape[0]];
          for (int i = 0; drawn && i < values.length; i++) {
            values[i] = cutNormal(random) / Math.sqrt(inputs);
          }
          weights.put(name, values);
        });
    return weights;
  }

  private static double cutNormal(SplittableRandom random) {
    double value;
    do {
      value = random.nextGaussian();
    } while (Math.abs(value) > CUT);
    return value;
  }
}
