package dev.alig.experiments.images;

import dev.alig.experiments.InputException;
import dev.alig.experiments.networks.ImageModel.ImageSize;

/**
 * Images of one size in the order of their file, and their labels.
 *
 * @param shape the size of an image
 * @param pixels one image after the other, and in an image one channel after the other
 * @param order how the pixels of a channel follow each other
 * @param labels one per image
 */
@SuppressWarnings("ArrayRecordComponent") // millions of numbers, never compared
record Images(ImageSize shape, Pixels pixels, Order order, byte[] labels) {
  /** The size of the images of CIFAR and SVHN. */
  static final ImageSize COLORED_32 = new ImageSize(3, 32, 32);

  /** Bytes by their index. */
  @FunctionalInterface
  interface Pixels {
    byte at(int index);
  }

  /** How the pixels of a channel follow each other. */
  enum Order {
    /** Row after row, as CIFAR has them. */
    ROWS,
    /** Column after column, as MATLAB has them. */
    COLUMNS
  }

  int size() {
    return labels.length;
  }

  int label(int image) {
    return labels[image];
  }

  /** A pixel, from 0 to 255. */
  int pixel(int image, int channel, int row, int column) {
    int within = order == Order.ROWS ? row * shape.width() + column : column * shape.height() + row;
    int area = shape.height() * shape.width();
    return Byte.toUnsignedInt(pixels.at(image * shape.size() + channel * area + within));
  }

  /**
   * Checks a label of a file.
   *
   * @param label the label, which fits into a byte if it is valid
   * @throws InputException if it is not from 0 to classes - 1
   */
  static byte requireLabel(Object file, int image, long label, int classes) throws InputException {
    if (label < 0 || label >= classes) {
      throw new InputException(
          "%s: image %d has the label %d; labels go from 0 to %d; fetch the file again"
              .formatted(file, image, label, classes - 1));
    }
    return (byte) label;
  }
}
