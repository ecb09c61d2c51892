package dev.alig.experiments.run;

import dev.alig.experiments.Metrics;
import dev.alig.experiments.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a run has come, and what it has measured.
 *
 * @param steps the number of steps taken
 * @param current the current epoch
 * @param epochs the epochs that ended
 * @param bestEpoch the epoch after which validation accuracy was highest; 0 if none was validated
 * @param test the best model's metrics on the test data; empty before the end, or without test data
 * @param diverged whether the loss became NaN, which ends a run
 */
record Progress(
    long steps,
    Sums current,
    List<Epoch> epochs,
    int bestEpoch,
    Map<String, Double> test,
    boolean diverged) {
  private static final List<String> STEP =
      List.of("step_size", "unclipped_step_size", "gradient_norm", "parameter_norm");

  /**
   * Sums over the steps of an epoch, weighted by the number of examples.
   *
   * @param examples the number of examples
   * @param sums the sum of each metric, and of the other numbers that a {@link Step} reports
   * @param seconds how long the steps took
   */
  record Sums(long examples, Map<String, Double> sums, double seconds) {
    static final Sums NONE = new Sums(0, Map.of(), 0);

    Sums plus(Step step, double duration) {
      long count = step.metrics().examples();
      Map<String, Double> next = new LinkedHashMap<>();
      values(step).forEach((name, x) -> next.put(name, sums.getOrDefault(name, 0.0) + count * x));
      return new Sums(examples + count, next, seconds + duration);
    }

    Map<String, Double> means() {
      Map<String, Double> means = new LinkedHashMap<>();
      sums.forEach((name, sum) -> means.put(name, sum / examples));
      return means;
    }
  }

  /**
   * An epoch that ended.
   *
   * @param number from 1
   * @param training the means over its steps
   * @param validation the model's validation metrics at its end; empty without validation data
   * @param seconds how long its steps took
   */
  record Epoch(
      int number, Map<String, Double> training, Map<String, Double> validation, double seconds) {}

  /** The progress before the first step. */
  static Progress none() {
    return new Progress(0, Sums.NONE, List.of(), 0, Map.of(), false);
  }

  /** A step's metrics, and the numbers of the step itself, by name. */
  static Map<String, Double> values(Step step) {
    Map<String, Double> values = new LinkedHashMap<>(step.metrics().values());
    values.put(STEP.get(0), step.stepSize());
    values.put(STEP.get(1), step.unclippedStepSize());
    values.put(STEP.get(2), step.gradientNorm());
    values.put(STEP.get(3), step.parameterNorm());
    return values;
  }

  /** The metrics without the numbers of the step itself. */
  static Map<String, Double> withoutStep(Map<String, Double> values) {
    Map<String, Double> metrics = new LinkedHashMap<>(values);
    metrics.keySet().removeAll(STEP);
    return metrics;
  }

  /** The progress after one more step. */
  Progress after(Step step, double seconds) {
    boolean lost = Double.isNaN(step.metrics().loss());
    return new Progress(steps + 1, current.plus(step, seconds), epochs, bestEpoch, test, lost);
  }

  /** The progress after the end of the epoch, with the model's metrics on the validation data. */
  Progress afterEpoch(Map<String, Double> validation) {
    List<Epoch> all = new ArrayList<>(epochs);
    all.add(new Epoch(epochs.size() + 1, current.means(), validation, current.seconds));
    int best = accuracy(validation) > bestAccuracy() ? all.size() : bestEpoch;
    return new Progress(steps, Sums.NONE, List.copyOf(all), best, test, diverged);
  }

  /** The progress with the best model's metrics on the test data. */
  Progress afterTest(Map<String, Double> reached) {
    return new Progress(steps, current, epochs, bestEpoch, reached, diverged);
  }

  private double bestAccuracy() {
    return bestEpoch == 0
        ? Double.NEGATIVE_INFINITY
        : accuracy(epochs.get(bestEpoch - 1).validation);
  }

  private static double accuracy(Map<String, Double> validation) {
    return validation.getOrDefault(Metrics.ACCURACY, Double.NaN);
  }

  /** How long all steps took, in seconds. */
  double seconds() {
    return current.seconds + epochs.stream().mapToDouble(Epoch::seconds).sum();
  }
}
