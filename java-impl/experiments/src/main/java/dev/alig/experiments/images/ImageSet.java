package dev.alig.experiments.images;

import dev.alig.experiments.networks.ImageModel.ImageSize;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chosen images from one or more files.
 *
 * @param parts the images that are chosen from each file
 */
record ImageSet(List<Chosen> parts) implements ImageSource {
  /** Images of a file, by their numbers. */
  @SuppressWarnings("ArrayRecordComponent") // millions of numbers, never compared
  record Chosen(Images images, int[] numbers) {}

  ImageSet {
    parts = List.copyOf(parts);
  }

  static ImageSet of(Images images, int... numbers) {
    return new ImageSet(List.of(new Chosen(images, numbers)));
  }

  static Chosen all(Images images) {
    return new Chosen(images, IntStream.range(0, images.size()).toArray());
  }

  @Override
  public ImageSize shape() {
    return parts.get(0).images.shape();
  }

  @Override
  public int size() {
    return parts.stream().mapToInt(part -> part.numbers.length).sum();
  }

  @Override
  public ImageSet first(int most) {
    int left = most;
    Chosen[] kept = parts.toArray(new Chosen[0]);
    for (int i = 0; i < kept.length; i++) {
      int size = Math.min(left, kept[i].numbers.length);
      kept[i] = new Chosen(kept[i].images, Arrays.copyOf(kept[i].numbers, size));
      left -= size;
    }
    return new ImageSet(List.of(kept));
  }

  @Override
  public int label(int index) {
    Located image = locate(index);
    return image.images.label(image.number);
  }

  @Override
  public Pixels pixels(int index) {
    Located image = locate(index);
    return (channel, row, column) -> image.images.pixel(image.number, channel, row, column);
  }

  /** Finds an image of the set. */
  Located locate(int index) {
    int left = index;
    for (Chosen part : parts) {
      if (left < part.numbers.length) {
        return new Located(part.images, part.numbers[left]);
      }
      left -= part.numbers.length;
    }
    throw new IndexOutOfBoundsException("there are %d images, not %d".formatted(size(), index));
  }

  /** One image. */
  record Located(Images images, int number) {}
}
