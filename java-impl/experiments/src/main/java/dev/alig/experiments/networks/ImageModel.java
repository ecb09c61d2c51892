package dev.alig.experiments.networks;

import dev.alig.experiments.Snapshot;
import java.util.Map;

/**
 * A network in a framework, with the optimizer that trains it by cross-entropy.
 *
 * <p>Images are given pixel by pixel, row by row, channel by channel. A {@code seed} settles what
 * dropout leaves out. Numbers are handed over by name, in PyTorch's shapes, see {@link Parameter}.
 */
public interface ImageModel extends AutoCloseable {
  /**
   * What a step did.
   *
   * @param loss the mean cross-entropy of the batch, before the step
   * @param correct how many images had their highest score at their label
   * @param unclippedStepSize ALI-G's step size before the cap; else the rate
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
   * @param index how many steps there were before this one
   */
  Outcome step(float[] pixels, int[] labels, long seed, long index);

  /** The gradient that a step would take, without taking it. */
  Gradient gradient(float[] pixels, int[] labels, long seed);

  /** One row of scores per image, by running statistics and without dropout. */
  float[][] scores(float[] pixels);

  /** Parameters and running statistics. */
  Map<String, double[]> values();

  /**
   * Sets some parameters or running statistics.
   *
   * @throws IllegalArgumentException if there is none of a name, or it has another size
   */
  void assign(Map<String, double[]> values);

  /** All that the next steps depend on, bit by bit, in the framework's own arrangement. */
  Snapshot save();

  /**
   * Puts back what was saved.
   *
   * @throws IllegalArgumentException if it is that of another network, framework or optimizer
   */
  void restore(Snapshot saved);

  @Override
  void close();

  /** How many rows have their highest score at their label; the first of equal ones counts. */
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
