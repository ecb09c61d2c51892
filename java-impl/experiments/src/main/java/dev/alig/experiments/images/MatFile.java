package dev.alig.experiments.images;

import dev.alig.experiments.InputException;
import dev.alig.experiments.networks.ImageModel.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;

/**
 * Reads a file of SVHN in MATLAB's format 5. {@code X} holds 32 x 32 x 3 x images bytes,
 * column-major. {@code y} holds labels from 1 to 10, where 10 stands for the digit 0.
 */
final class MatFile {
  private static final int ZERO = 10;

  private MatFile() {}

  /**
   * Reads a file of {@code count} images; their pixels stay in the library's memory, off the heap.
   *
   * @throws InputException if the file is missing or damaged or has other counts, or a label is out
   *     of range
   */
  static Images read(Path file, int count) throws InputException {
    if (!Files.isRegularFile(file)) {
      throw new InputException("%s is missing; %s".formatted(file, Svhn.SOURCE));
    }
    Mat5File content = open(file);
    Matrix pixels = matrix(content, "X", file);
    Matrix found = matrix(content, "y", file);
    ImageSize shape = Images.COLORED_32;
    int[] expected = {shape.height(), shape.width(), shape.channels(), count};
    if (pixels.getType() != MatlabType.UInt8
        || !Arrays.equals(pixels.getDimensions(), expected)
        || found.getNumElements() != count) {
      throw new InputException(
          "%s has X of %s %s and %d labels; expected uint8 %s and %d; %s"
              .formatted(
                  file,
                  pixels.getType(),
                  Arrays.toString(pixels.getDimensions()),
                  found.getNumElements(),
                  Arrays.toString(expected),
                  count,
                  Svhn.SOURCE));
    }
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      int label = found.getInt(i);
      if (label < 1 || label > ZERO) {
        throw new InputException(
            "%s: image %d has the label %d; labels go from 1 to 10, where 10 is the digit 0;"
                    .formatted(file, i, label)
                + " fetch the file again");
      }
      labels[i] = (byte) (label % ZERO);
    }
    return new Images(shape, pixels::getByte, Images.Order.COLUMNS, labels);
  }

  /** Opens a file. A damaged file can make the library throw any exception. */
  private static Mat5File open(Path file) throws InputException {
    try {
      return Mat5.readFromFile(file.toFile());
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          "%s is no whole MATLAB file (%s); %s".formatted(file, e.getMessage(), Svhn.SOURCE), e);
    }
  }

  private static Matrix matrix(Mat5File content, String name, Path file) throws InputException {
    try {
      return content.getMatrix(name);
    } catch (RuntimeException e) {
      throw new InputException("%s has no array %s; %s".formatted(file, name, Svhn.SOURCE), e);
    }
  }
}
