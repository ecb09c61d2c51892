package dev.alig.experiments.run;

import dev.alig.experiments.Backend;
import dev.alig.experiments.Experiment;
import dev.alig.experiments.InputException;
import dev.alig.experiments.Metrics;
import dev.alig.experiments.Options;
import dev.alig.experiments.Part;
import dev.alig.experiments.Randomness;
import dev.alig.experiments.Row;
import dev.alig.experiments.Snapshot;
import dev.alig.experiments.Step;
import dev.alig.experiments.Training;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An experiment of one number on a noisy slope, so that a run takes no time. */
final class Valley implements Experiment<Valley.Setting> {
  private static final int EPOCH = 5;

  /** How often test data were asked for. */
  private int tests;

  /** A row; {@code fails_at} is a step that ends in an error, 0 for none. */
  record Setting(
      String optimizer,
      double learningRate,
      int failsAt,
      int epochs,
      String source,
      Map<String, Double> published)
      implements Row {
    @Override
    public double rate() {
      return learningRate;
    }

    @Override
    public String title() {
      return "valley";
    }
  }

  int tests() {
    return tests;
  }

  @Override
  public String name() {
    return "valley";
  }

  @Override
  public String description() {
    return "one number on a slope";
  }

  @Override
  public Class<Setting> rowType() {
    return Setting.class;
  }

  @Override
  public List<Backend> backends() {
    return List.of(Backend.TENSORFLOW);
  }

  @Override
  public Training prepare(Setting row, Options options) throws InputException {
    return new Descent(row, options);
  }

  private final class Descent implements Training {
    private final Setting row;
    private final Options options;
    private double x = 1;
    private double sum;

    Descent(Setting row, Options options) {
      this.row = row;
      this.options = options;
    }

    @Override
    public Map<String, Long> counts() {
      return Map.of("parameters", 1L);
    }

    @Override
    public int stepsPerEpoch() {
      return EPOCH;
    }

    @Override
    public int epochs() {
      return options.epochs().orElse(row.epochs);
    }

    @Override
    public Step step(long index) {
      if (index + 1 == row.failsAt) {
        throw new IllegalStateException("step " + row.failsAt + " fails");
      }
      double noise = Randomness.of(options.seed(), "noise", index).nextDouble();
      double gradient = x + noise;
      double rate = Double.isInfinite(row.learningRate) ? 0.1 : row.learningRate;
      // NaN once the square is infinite.
      double loss = x * gradient + 0 * (x * x);
      x -= rate * gradient;
      sum += x;
      return new Step(
          new Metrics(1 + index % 2, Map.of(Metrics.LOSS, loss)),
          rate,
          rate,
          Math.abs(gradient),
          Math.abs(x));
    }

    /** Accuracy is highest after the second epoch. */
    @Override
    public Optional<Metrics> evaluate(Part part) {
      if (part == Part.TEST) {
        tests++;
        return Optional.of(new Metrics(1, Map.of(Metrics.LOSS, x, Metrics.ACCURACY, sum)));
      }
      double accuracy = 1 / (1 + Math.abs(++evaluations - 2));
      return Optional.of(new Metrics(1, Map.of(Metrics.LOSS, x, Metrics.ACCURACY, accuracy)));
    }

    private double evaluations;

    @Override
    public Snapshot save() {
      return new Snapshot(
          Map.of("x", bytes(x), "sum", bytes(sum), "evaluations", bytes(evaluations)));
    }

    @Override
    public void restore(Snapshot snapshot) {
      x = number(snapshot, "x");
      sum = number(snapshot, "sum");
      evaluations = number(snapshot, "evaluations");
    }

    @Override
    public void close() {}
  }

  private static byte[] bytes(double value) {
    return ByteBuffer.allocate(Double.BYTES).putDouble(value).array();
  }

  private static double number(Snapshot snapshot, String name) {
    byte[] bytes = snapshot.arrays().get(name);
    if (bytes == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return ByteBuffer.wrap(bytes).getDouble();
  }
}
