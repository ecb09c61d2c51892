package dev.alig.experiments.images;

import dev.alig.experiments.InputException;
import java.nio.file.Path;
import java.util.List;

/** Reads the binary version, which holds only the label bytes and then the pixels of each image. */
final class CifarBinary {
  private static final int BYTES = Images.COLORED_32.size();

  private CifarBinary() {}

  /**
   * Reads files of {@code perFile} images each.
   *
   * @throws InputException if a file is missing or has another size, or a label is out of range
   */
  static Images read(Cifar cifar, Path folder, List<String> names, int perFile)
      throws InputException {
    int record = cifar.labelBytes() + BYTES;
    byte[] pixels = new byte[Math.multiplyExact(names.size() * perFile, BYTES)];
    byte[] labels = new byte[names.size() * perFile];
    for (int f = 0; f < names.size(); f++) {
      Path file = folder.resolve(names.get(f));
      byte[] bytes = InputFiles.read(file, cifar.source());
      if (bytes.length != (long) perFile * record) {
        throw new InputException(
            "%s has %d bytes; %d images of %d bytes are %d; %s"
                .formatted(
                    file, bytes.length, perFile, record, (long) perFile * record, cifar.source()));
      }
      for (int i = 0; i < perFile; i++) {
        int image = f * perFile + i;
        int label = Byte.toUnsignedInt(bytes[i * record + cifar.labelBytes() - 1]);
        labels[image] = Images.requireLabel(file, i, label, cifar.classes());
        System.arraycopy(bytes, i * record + cifar.labelBytes(), pixels, image * BYTES, BYTES);
      }
    }
    return new Images(Images.COLORED_32, index -> pixels[index], Images.Order.ROWS, labels);
  }
}
