package dev.alig.benchmark;

import java.util.Random;

/** Sizes, settings and random data that the frameworks have in common. */
final class TrainingData {
  static final double RATE = 0.01;
  static final double ADAM_RATE = 1e-3;
  static final double MOMENTUM = 0.9;

  /** Sequences or rows of a batch. */
  static final int BATCH = 64;

  /** Inputs of the perceptron, which has two hidden layers. */
  static final int INPUTS = 784;

  /** Units of a hidden layer; also the inputs of the LSTM. */
  static final int HIDDEN = 256;

  static final int CLASSES = 10;

  /** Time steps of the LSTM. */
  static final int STEPS = 16;

  private TrainingData() {}

  /** Normal numbers, always the same. */
  static float[] numbers(int length) {
    Random random = new Random(1);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** Classes of rows, always the same. */
  static int[] classes(int rows, int classes) {
    return new Random(2).ints(rows, 0, classes).toArray();
  }

  /** The same classes, one row of zeros and a one for each. */
  static float[] oneHot(int rows, int classes) {
    float[] ones = new float[rows * classes];
    int[] chosen = classes(rows, classes);
    for (int row = 0; row < rows; row++) {
      ones[row * classes + chosen[row]] = 1;
    }
    return ones;
  }
}
