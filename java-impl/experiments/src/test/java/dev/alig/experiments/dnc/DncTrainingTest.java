package dev.alig.experiments.dnc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.experiments.Randomness;
import dev.alig.experiments.Snapshot;
import dev.alig.experiments.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.types.TFloat64;

class DncTrainingTest {
  private static final RepeatCopy TASK = new RepeatCopy(2, 1, 2, 1, 2, 3);
  private static final DncSizes SIZES = new DncSizes(TASK.inputs(), TASK.outputs(), 5, 4, 3, 2);
  private static final long SEED = 3;

  /** Five time steps, for tests that build many graphs; the time to build one grows with them. */
  private static final RepeatCopy SHORT = new RepeatCopy(2, 1, 1, 1, 1, 2);

  /** Larger than at the start of a run, so that every part of the model matters. */
  private static Map<String, double[]> weights() {
    Map<String, double[]> weights = Dnc.weights(SIZES, Randomness.of(SEED, "weights", 0));
    weights.replaceAll((name, w) -> Arrays.stream(w).map(x -> 3 * x + 0.1).toArray());
    return weights;
  }

  private static DncTraining<TFloat64> training(String optimizer, double rate) {
    return training(TASK, optimizer, rate);
  }

  private static DncTraining<TFloat64> training(RepeatCopy task, String optimizer, double rate) {
    DncRow row = new DncRow(optimizer, rate, 100, 50, "test", Map.of());
    return new DncTraining<>(TFloat64.class, task, SIZES, weights(), row, SEED, 100, 1);
  }

  private static double[] values(Snapshot snapshot, String name) {
    byte[] bytes = snapshot.arrays().getOrDefault(name, new byte[0]);
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asDoubleBuffer().get(values);
    return values;
  }

  /**
   * The loss is a sum of about 3 · 9 · 3 terms, each through some 9 · 100 roundings of 1e-16 that
   * the recurrence may enlarge a hundredfold; 1e-11 relative is above that and far below any slip.
   */
  @Test
  void theLossIsThatOfThePlainModel() {
    PlainDnc plain = new PlainDnc(SIZES, TASK, TASK.draw(Randomness.of(SEED, "batch", 0)));
    try (DncTraining<TFloat64> training = training("sgd", 1)) {
      assertThat(training.step(0).metrics().loss())
          .isCloseTo(plain.loss(weights()), Percentage.withPercentage(1e-9));
    }
  }

  /**
   * At the rate 1 a step of gradient descent moves by the gradient g. Along g, the slope of the
   * loss is the square of its norm. A central difference at h = 1e-5 errs by about h² and 1e-16 /
   * h, each times the size of the derivatives, which is below 1e-8 of it here; 1e-6 is allowed.
   */
  @Test
  void theGradientIsTheSlopeOfThePlainModel() {
    PlainDnc plain = new PlainDnc(SIZES, TASK, TASK.draw(Randomness.of(SEED, "batch", 0)));
    plain.loss(weights());
    try (DncTraining<TFloat64> training = training("sgd", 1)) {
      Step step = training.step(0);
      Snapshot after = training.save();
      for (String part : weights().keySet()) {
        Map<String, double[]> up = new HashMap<>(weights());
        Map<String, double[]> down = new HashMap<>(weights());
        double[] start = up.getOrDefault(part, new double[0]);
        double[] end = values(after, part);
        double h = 1e-5;
        double square = 0;
        double[] plus = new double[start.length];
        double[] minus = new double[start.length];
        for (int i = 0; i < start.length; i++) {
          double g = start[i] - end[i];
          square += g * g;
          plus[i] = start[i] + h * g;
          minus[i] = start[i] - h * g;
        }
        up.put(part, plus);
        down.put(part, minus);
        assertThat((plain.loss(up) - plain.loss(down)) / (2 * h))
            .as(part)
            .isCloseTo(square, Percentage.withPercentage(1e-4));
      }
      assertThat(step.gradientNorm()).isLessThan(50);
    }
  }

  @Test
  void aligsStepIsTheLossOverTheSquaredNormUpToTheCap() {
    try (DncTraining<TFloat64> training = training("alig", 0.01)) {
      Step step = training.step(0);
      double polyak = step.metrics().loss() / (step.gradientNorm() * step.gradientNorm());
      // A square root and three more roundings.
      assertThat(step.unclippedStepSize()).isCloseTo(polyak, Percentage.withPercentage(1e-12));
      assertThat(step.stepSize()).isEqualTo(Math.min(polyak, 0.01));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"alig", "adam", "adagrad", "nag", "sgd", "rmsprop"})
  void aSavedTrainingGoesOnBitForBitInAnother(String optimizer) {
    try (DncTraining<TFloat64> first = training(SHORT, optimizer, 0.01);
        DncTraining<TFloat64> second = training(SHORT, optimizer, 0.01)) {
      first.step(0);
      first.step(1);
      second.restore(first.save());
      Step expected = first.step(2);
      assertThat(second.step(2)).isEqualTo(expected);
      Snapshot saved = first.save();
      Snapshot resumed = second.save();
      assertThat(resumed.arrays()).hasSameSizeAs(saved.arrays());
      saved
          .arrays()
          .forEach((name, bytes) -> assertThat(resumed.arrays()).containsEntry(name, bytes));
    }
  }

  @Test
  void theModelLearns() {
    try (DncTraining<TFloat64> training = training("adam", 0.01)) {
      double first = training.step(0).metrics().loss();
      double last = first;
      for (int step = 1; step < 100; step++) {
        last = training.step(step).metrics().loss();
      }
      assertThat(last).isLessThan(first / 2);
    }
  }
}
