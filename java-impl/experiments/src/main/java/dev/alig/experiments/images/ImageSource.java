package dev.alig.experiments.images;

import dev.alig.experiments.networks.ImageModel.ImageSize;

/** Images of one size with their labels, in memory or in files. Threads may read at once. */
interface ImageSource {
  /** The size of the images. */
  ImageSize shape();

  /** The number of images. */
  int size();

  /** The first images, at most {@code most}. */
  ImageSource first(int most);

  /** The label of an image. */
  int label(int index);

  /**
   * The pixels of an image.
   *
   * @throws java.io.UncheckedIOException if its file cannot be read
   */
  Pixels pixels(int index);

  /** The pixels of one image. */
  @FunctionalInterface
  interface Pixels {
    /** A pixel, from 0 to 255. */
    int at(int channel, int row, int column);
  }
}
