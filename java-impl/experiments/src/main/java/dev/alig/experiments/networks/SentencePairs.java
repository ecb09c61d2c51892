package dev.alig.experiments.networks;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The inputs and labels of {@link InferSent} for a batch of sentence pairs.
 *
 * <p>A side is the first sentences of all pairs, or the second ones, as {@code side[pair][word]},
 * which is a word vector. Sentences have at least one word.
 */
public final class SentencePairs {
  /** The names of the inputs, in their order. */
  static final String[] INPUTS = {
    "first", "firstReversed", "second", "secondReversed", "firstLengths", "secondLengths"
  };

  private SentencePairs() {}

  /**
   * The inputs: for each side the words and the words in reverse [pairs, numbers + 1, steps], and
   * the lengths [pairs, 2], which {@link MaxOverTime} defines.
   *
   * <p>Both sides have as many steps as the longest sentence of either. Steps after a sentence's
   * last word are 0.
   */
  public static INDArray[] inputs(double[][][] first, double[][][] second, DataType type) {
    int steps = Math.max(longest(first), longest(second));
    return new INDArray[] {
      words(first, steps, false, type),
      words(first, steps, true, type),
      words(second, steps, false, type),
      words(second, steps, true, type),
      lengths(first, type),
      lengths(second, type)
    };
  }

  /** One row per pair, with 1 at its class. */
  public static INDArray labels(int[] labels, DataType type) {
    INDArray rows = Nd4j.zeros(type, labels.length, InferSent.CLASSES);
    for (int i = 0; i < labels.length; i++) {
      rows.putScalar(i, labels[i], 1);
    }
    return rows;
  }

  private static int longest(double[][][] side) {
    int longest = 0;
    for (double[][] sentence : side) {
      longest = Math.max(longest, sentence.length);
    }
    return longest;
  }

  private static INDArray words(double[][][] side, int steps, boolean reversed, DataType type) {
    int size = side[0][0].length + 1;
    double[] values = new double[side.length * size * steps];
    for (int pair = 0; pair < side.length; pair++) {
      double[][] sentence = side[pair];
      for (int step = 0; step < sentence.length; step++) {
        double[] word = sentence[reversed ? sentence.length - 1 - step : step];
        int start = pair * size * steps + step;
        for (int k = 0; k < word.length; k++) {
          values[start + k * steps] = word[k];
        }
        values[start + word.length * steps] = 1;
      }
    }
    return Nd4j.createFromArray(values).castTo(type).reshape('c', side.length, size, steps);
  }

  private static INDArray lengths(double[][][] side, DataType type) {
    double[] values = new double[2 * side.length];
    for (int pair = 0; pair < side.length; pair++) {
      values[2 * pair] = side[pair].length;
      values[2 * pair + 1] = longest(side);
    }
    return Nd4j.createFromArray(values).castTo(type).reshape('c', side.length, 2);
  }
}
