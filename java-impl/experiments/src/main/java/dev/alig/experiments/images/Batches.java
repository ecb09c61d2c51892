package dev.alig.experiments.images;

import dev.alig.experiments.Randomness;
import dev.alig.experiments.images.ImageSet.Located;
import dev.alig.experiments.networks.ImageModel.ImageSize;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The batches of a set, in an endless sequence of epochs.
 *
 * <p>A batch depends only on its index and the seed. Each epoch has its own order; the last batch
 * of an epoch may be smaller.
 */
final class Batches {
  private static final int PADDING = 4;

  /** How the images are ordered and changed. */
  enum Augmentation {
    /** The images are unchanged, in the order of the set. */
    NONE,
    /** Each epoch has a random order. */
    SHUFFLED,
    /**
     * Each epoch has a random order. Each image is shifted by up to 4 pixels each way, padded with
     * black pixels, and mirrored with probability 1/2.
     */
    MOVED
  }

  private final ImageSet images;
  private final float[][] values;
  private final int size;
  private final Augmentation augmentation;
  private final long seed;
  private long epoch = -1;
  private int[] order = {};

  Batches(ImageSet images, Normalization normalization, int size, Augmentation what, long seed) {
    this.images = images;
    this.values = normalization.table();
    this.size = size;
    this.augmentation = what;
    this.seed = seed;
  }

  /** How many batches an epoch has. */
  int perEpoch() {
    return (images.size() + size - 1) / size;
  }

  /** The batch after {@code index} others. */
  synchronized Batch get(long index) {
    long wanted = index / perEpoch();
    if (wanted != epoch) {
      order = order(wanted);
      epoch = wanted;
    }
    int from = (int) (index % perEpoch()) * size;
    int count = Math.min(size, order.length - from);
    float[] pixels = new float[count * images.shape().size()];
    int[] labels = new int[count];
    SplittableRandom random = Randomness.of(seed, "crops", index);
    for (int i = 0; i < count; i++) {
      Located image = images.locate(order[from + i]);
      labels[i] = image.label();
      write(image, random, pixels, i * images.shape().size());
    }
    return new Batch(pixels, labels);
  }

  private int[] order(long ofEpoch) {
    int[] numbers = IntStream.range(0, images.size()).toArray();
    if (augmentation != Augmentation.NONE) {
      SplittableRandom random = Randomness.of(seed, "order", ofEpoch);
      for (int i = numbers.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int kept = numbers[i];
        numbers[i] = numbers[j];
        numbers[j] = kept;
      }
    }
    return numbers;
  }

  private void write(Located image, SplittableRandom random, float[] pixels, int start) {
    boolean moved = augmentation == Augmentation.MOVED;
    int down = moved ? random.nextInt(2 * PADDING + 1) - PADDING : 0;
    int right = moved ? random.nextInt(2 * PADDING + 1) - PADDING : 0;
    boolean mirrored = moved && random.nextBoolean();
    ImageSize shape = images.shape();
    int at = start;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          int across = (mirrored ? shape.width() - 1 - column : column) + right;
          pixels[at++] = values[channel][pixel(image, channel, row + down, across)];
        }
      }
    }
  }

  private static int pixel(Located image, int channel, int row, int column) {
    ImageSize shape = image.images().shape();
    boolean inside = row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
    return inside ? image.pixel(channel, row, column) : 0;
  }
}
