package dev.alig.experiments.networks;

import dev.alig.experiments.Snapshot;
import java.util.Map;

/**
 * A network in a framework, with the optimizer that minimizes a {@link Loss}.
 *
 * <p>The pixels of images are in the order image, channel, row, column. A {@code seed} determines
 * what dropout sets to 0. Parameters go by name, in PyTorch's shapes; see {@link Parameter}.
 */
public interface ImageModel extends AutoCloseable {
  /**
   * The outcome of a step.
   *
   * @param loss the loss of the batch, before the step
   * @param scores one row per image, before the step
   * @param unclippedStepSize ALI-G's step size before the cap; the learning rate of other
   *     optimizers
   * @param gradientNorm the norm of the gradient
   * @param parameterNorm the norm of the parameters, after the step
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Outcome(
      double loss,
      float[][] scores,
      double stepSize,
      double unclippedStepSize,
      double gradientNorm,
      double parameterNorm) {}

  /** The loss of a batch as in a step, and its gradient by parameter. */
  record Gradient(double loss, Map<String, double[]> values) {}

  /**
   * Takes one step of the optimizer.
   *
   * @param index the number of steps before this one
   */
  Outcome step(float[] pixels, int[] labels, long seed, long index);

  /** The gradient that a step would take, without taking it. */
  Gradient gradient(float[] pixels, int[] labels, long seed);

  /** One row of scores per image, with running statistics and without dropout. */
  float[][] scores(float[] pixels);

  /** Parameters and running statistics. */
  Map<String, double[]> values();

  /**
   * Sets some parameters or running statistics.
   *
   * @throws IllegalArgumentException if there is no array with a name, or it has another size
   */
  void assign(Map<String, double[]> values);

  /** All that the next steps depend on, bit for bit, in the framework's own layout. */
  Snapshot save();

  /**
   * Restores a saved state.
   *
   * @throws IllegalArgumentException if the state is that of another network, framework or
   *     optimizer
   */
  void restore(Snapshot saved);

  @Override
  void close();

  /**
   * The number of rows whose label is among so many highest scores; of equal scores, that of the
   * lower class is the higher.
   */
  static int correct(float[][] scores, int[] labels, int places) {
    int correct = 0;
    for (int i = 0; i < labels.length; i++) {
      correct += higher(scores[i], labels[i]) < places ? 1 : 0;
    }
    return correct;
  }

  /** The number of classes with a higher score than one's; all others if that is NaN. */
  private static int higher(float[] scores, int of) {
    int higher = 0;
    for (int j = 0; j < scores.length; j++) {
      boolean lower = j < of ? scores[of] > scores[j] : scores[of] >= scores[j];
      higher += j == of || lower ? 0 : 1;
    }
    return higher;
  }

  /** The size of the images. */
  record ImageSize(int channels, int height, int width) {
    /** How many numbers an image has. */
    public int size() {
      return channels * height * width;
    }
  }
}
