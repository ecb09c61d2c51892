package dev.alig.experiments.images;

import java.util.Collections;
import java.util.List;

/**
 * (byte / 255 - mean) / deviation, per channel.
 *
 * <p>Each operation is rounded to float, as in PyTorch's transforms.
 *
 * @param means one per channel, for pixels from 0 to 1
 * @param deviations the standard deviations, one per channel
 */
record Normalization(List<Double> means, List<Double> deviations) {
  private static final float WHITE = 255;

  /** Pixels from 0 to 1. */
  static Normalization none(int channels) {
    return new Normalization(
        Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
  }

  /** The authors' numbers for CIFAR-10, which they also use for CIFAR-100. */
  static final Normalization CIFAR =
      new Normalization(
          List.of(125.3 / 255.0, 123.0 / 255.0, 113.9 / 255.0),
          List.of(63.0 / 255.0, 62.1 / 255.0, 66.7 / 255.0));

  /** The numbers for ImageNet. */
  static final Normalization IMAGENET =
      new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  Normalization {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
  }

  /** The normalized value of each byte of each channel. */
  float[][] table() {
    float[][] table = new float[means.size()][256];
    for (int channel = 0; channel < table.length; channel++) {
      float mean = means.get(channel).floatValue();
      float deviation = deviations.get(channel).floatValue();
      for (int value = 0; value < table[channel].length; value++) {
        table[channel][value] = (value / WHITE - mean) / deviation;
      }
    }
    return table;
  }
}
