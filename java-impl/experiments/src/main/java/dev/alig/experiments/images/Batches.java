package dev.alig.experiments.images;

import dev.alig.experiments.Randomness;
import dev.alig.experiments.networks.ImageModel.ImageSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  private final ImageSource images;
  private final float[][] values;
  private final int size;
  private final Augmentation augmentation;
  private final long seed;
  private long epoch = -1;
  private int[] order = {};

  Batches(ImageSource images, Normalization normalization, int size, Augmentation what, long seed) {
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

  /** How many bytes the pixels of a batch have. */
  long bytes() {
    return (long) Math.min(size, images.size()) * images.shape().size() * Float.BYTES;
  }

  /** The batch after {@code index} others. */
  Batch get(long index) {
    Pending pending = begin(index);
    for (int i = 0; i < pending.size(); i++) {
      pending.read(i);
    }
    return pending.batch;
  }

  /** Chooses the images of a batch and their moves, so that they can be read in any order. */
  synchronized Pending begin(long index) {
    long wanted = index / perEpoch();
    if (wanted != epoch) {
      order = order(wanted);
      epoch = wanted;
    }
    int from = (int) (index % perEpoch()) * size;
    int[] numbers = Arrays.copyOfRange(order, from, Math.min(from + size, order.length));
    int[] labels = IntStream.of(numbers).map(images::label).toArray();
    SplittableRandom random = Randomness.of(seed, "crops", index);
    List<Move> moves = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      moves.add(augmentation == Augmentation.MOVED ? Move.drawn(random) : Move.NONE);
    }
    float[] pixels = new float[numbers.length * images.shape().size()];
    return new Pending(new Batch(pixels, labels), numbers, moves);
  }

  /** By how much an image is shifted, and whether it is mirrored. */
  private record Move(int down, int right, boolean mirrored) {
    static final Move NONE = new Move(0, 0, false);

    static Move drawn(SplittableRandom random) {
      int down = random.nextInt(2 * PADDING + 1) - PADDING;
      int right = random.nextInt(2 * PADDING + 1) - PADDING;
      return new Move(down, right, random.nextBoolean());
    }
  }

  /** A batch whose images are yet to be read, each by any thread. */
  final class Pending {
    private final Batch batch;
    private final int[] numbers;
    private final List<Move> moves;

    private Pending(Batch batch, int[] numbers, List<Move> moves) {
      this.batch = batch;
      this.numbers = numbers;
      this.moves = moves;
    }

    int size() {
      return numbers.length;
    }

    /** The batch, which is complete when all its images have been read. */
    Batch batch() {
      return batch;
    }

    /** Reads an image into its place. */
    void read(int image) {
      int start = image * images.shape().size();
      write(images.pixels(numbers[image]), moves.get(image), batch.pixels(), start);
    }
  }

  private int[] order(long ofEpoch) {
    return augmentation == Augmentation.NONE
        ? IntStream.range(0, images.size()).toArray()
        : Randomness.order(seed, ofEpoch, images.size());
  }

  private void write(ImageSource.Pixels image, Move move, float[] pixels, int start) {
    ImageSize shape = images.shape();
    int at = start;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          int across = (move.mirrored ? shape.width() - 1 - column : column) + move.right;
          pixels[at++] = values[channel][pixel(image, channel, row + move.down, across)];
        }
      }
    }
  }

  private int pixel(ImageSource.Pixels image, int channel, int row, int column) {
    ImageSize shape = images.shape();
    boolean inside = row >= 0 && row < shape.height() && column >= 0 && column < shape.width();
    return inside ? image.at(channel, row, column) : 0;
  }
}
