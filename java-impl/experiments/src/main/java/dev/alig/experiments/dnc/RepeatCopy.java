package dev.alig.experiments.dnc;

import java.util.SplittableRandom;

/**
 * The task: repeat a pattern. The input shows a pattern of random bits and a number of repeats. The
 * output must repeat the pattern that often and then mark the end.
 *
 * <p>A sequence takes {@code length · (repeats + 1) + 3} time steps: a start flag, the pattern, the
 * number of repeats divided by {@value #MOST}, the repetitions, and an end flag. Only the
 * repetitions and the end flag count in the loss. A sequence shorter than the longest possible one
 * is padded with zeros that do not count.
 *
 * @param bits the number of bits per time step
 * @param minLength the least length of a pattern
 * @param maxLength the greatest length of a pattern
 * @param minRepeats the least number of repeats
 * @param maxRepeats the greatest number of repeats
 * @param batch the number of sequences in a batch
 */
public record RepeatCopy(
    int bits, int minLength, int maxLength, int minRepeats, int maxRepeats, int batch) {
  /** The input shows the number of repeats divided by this number. */
  static final int MOST = 10;

  private static final int OVERHEAD = 3;

  /** Checks the ranges. */
  public RepeatCopy {
    if (bits < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "bits and batch must be >= 1, were %d and %d".formatted(bits, batch));
    }
    if (minLength < 1 || maxLength < minLength || minRepeats < 1 || maxRepeats < minRepeats) {
      throw new IllegalArgumentException(
          "lengths and repeats must be >= 1 and in order, were %d to %d and %d to %d"
              .formatted(minLength, maxLength, minRepeats, maxRepeats));
    }
  }

  /**
   * The authors' task: 4 bits, patterns of length 1 or 2, one or two repeats, 16 sequences in a
   * batch.
   */
  public static RepeatCopy ofPaper() {
    return new RepeatCopy(4, 1, 2, 1, 2, 16);
  }

  /** How many time steps the longest sequence takes. */
  public int steps() {
    return maxLength * (maxRepeats + 1) + OVERHEAD;
  }

  /** The number of inputs per time step: bits, start flag, repeats. */
  public int inputs() {
    return bits + 2;
  }

  /** The number of outputs per time step: bits, end flag. */
  public int outputs() {
    return bits + 1;
  }

  /**
   * The sequences of a batch: observations [steps, batch, inputs], targets [steps, batch, outputs]
   * and mask [steps, batch, 1].
   */
  public static final class Batch {
    private final double[] observations;
    private final double[] targets;
    private final double[] mask;

    private Batch(RepeatCopy task) {
      int all = task.steps() * task.batch;
      this.observations = new double[all * task.inputs()];
      this.targets = new double[all * task.outputs()];
      this.mask = new double[all];
    }

    /** The inputs; the array itself, not a copy. */
    public double[] observations() {
      return observations;
    }

    /** The targets; the array itself, not a copy. */
    public double[] targets() {
      return targets;
    }

    /** 1 where a time step counts, else 0; the array itself, not a copy. */
    public double[] mask() {
      return mask;
    }
  }

  /** Draws a batch. */
  public Batch draw(SplittableRandom random) {
    Batch drawn = new Batch(this);
    for (int sequence = 0; sequence < batch; sequence++) {
      int length = random.nextInt(minLength, maxLength + 1);
      int repeats = random.nextInt(minRepeats, maxRepeats + 1);
      fill(drawn, sequence, length, repeats, random);
    }
    return drawn;
  }

  private void fill(Batch drawn, int sequence, int length, int repeats, SplittableRandom random) {
    drawn.observations[input(0, sequence, bits)] = 1;
    for (int t = 0; t < length; t++) {
      for (int bit = 0; bit < bits; bit++) {
        drawn.observations[input(1 + t, sequence, bit)] = random.nextInt(2);
      }
    }
    drawn.observations[input(1 + length, sequence, bits + 1)] = (double) repeats / MOST;
    int answer = length + 2;
    for (int t = 0; t < length * repeats; t++) {
      for (int bit = 0; bit < bits; bit++) {
        drawn.targets[output(answer + t, sequence, bit)] =
            drawn.observations[input(1 + t % length, sequence, bit)];
      }
      drawn.mask[(answer + t) * batch + sequence] = 1;
    }
    int end = answer + length * repeats;
    drawn.targets[output(end, sequence, bits)] = 1;
    drawn.mask[end * batch + sequence] = 1;
  }

  private int input(int step, int sequence, int channel) {
    return (step * batch + sequence) * inputs() + channel;
  }

  private int output(int step, int sequence, int channel) {
    return (step * batch + sequence) * outputs() + channel;
  }
}
