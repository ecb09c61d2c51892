package dev.alig.experiments.networks;

import dev.alig.experiments.Snapshot;
import java.util.Map;

/**
 * A network in a framework, with the optimizer that minimizes its cross-entropy.
 *
 * <p>The pixels of images are in the order image, channel, row, column. A {@code seed} determines
 * what dropout sets to 0. Parameters go by name, in PyTorch's shapes; see {@link Parameter}.
 */
public interface ImageModel extends AutoCloseable {
  /**
   * The outcome of a step.
   *
   * @param loss the mean cross-entropy of the batch, before the step
   * @param correct the number of images with their highest score at their label
   * @param unclippedStepSize ALI-G's step size before the cap; the learning rate of other
   *     optimizers
   * @param gradientNorm the norm of the gradient
   * @param parameterNorm the norm of the parameters, after the step
   */
  record Outcome(
      double loss,
      int correct,
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
   * The number of rows with their highest score at their label; of equal scores the first counts.
   */
  static int correct(float[][] scores, int[] labels) {
    int correct = 0;
    for (int i = 0; i < labels.length; i++) {
      int best = 0;
      for (int c = 1; c < scores[i].length; c++) {
        if (scores[i][c] > scores[i][best]) {
          best = c;
        }
      }
      correct += best == labels[i] ? 1 : 0;
    }
    return correct;
  }

  /** The size of the images. */
  record ImageSize(int channels, int height, int width) {
    /** How many numbers an image has. */
    public int size() {
      return channels * height * width;
    }
  }
}
