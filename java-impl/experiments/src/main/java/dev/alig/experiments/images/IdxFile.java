package dev.alig.experiments.images;

import dev.alig.experiments.InputException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Unsigned bytes in the format of the MNIST database, compressed by gzip or not. */
public final class IdxFile {
  /** Two zeros and the type: unsigned bytes. The number of dimensions is the next byte. */
  private static final int UNSIGNED_BYTES = 0x08;

  private final Path file;
  private final int[] sizes;
  private final byte[] values;

  private IdxFile(Path file, int[] sizes, byte[] values) {
    this.file = file;
    this.sizes = sizes;
    this.values = values;
  }

  /** Images and as many labels. */
  public record Labeled(IdxFile images, IdxFile labels) {}

  /**
   * Reads {@code prefix-images-idx3-ubyte} and {@code prefix-labels-idx1-ubyte} from a folder, or
   * else those files with the ending {@code .gz}.
   *
   * @param prefix {@code train} or {@code t10k}
   * @throws InputException if a file is missing or damaged, or the counts differ
   */
  public static Labeled read(Path folder, String prefix) throws InputException {
    IdxFile images = read(folder, prefix + "-images-idx3-ubyte", 3);
    IdxFile labels = read(folder, prefix + "-labels-idx1-ubyte", 1);
    if (labels.size(0) != images.size(0)) {
      throw new InputException(
          "%s has %d images and %d labels for %s; both must be of one data set"
              .formatted(folder, images.size(0), labels.size(0), prefix));
    }
    return new Labeled(images, labels);
  }

  private static IdxFile read(Path folder, String name, int dimensions) throws InputException {
    Path plain = folder.resolve(name);
    Path compressed = folder.resolve(name + ".gz");
    Path file = Files.exists(plain) ? plain : compressed;
    if (!Files.exists(file)) {
      throw new InputException(
          "%s has neither %s nor %s.gz; name the folder that holds the four idx files"
              .formatted(folder, name, name));
    }
    try (InputStream bytes = Files.newInputStream(file);
        DataInputStream in =
            new DataInputStream(
                new BufferedInputStream(
                    file.equals(compressed) ? new GZIPInputStream(bytes) : bytes))) {
      return read(file, in, dimensions);
    } catch (EOFException e) {
      throw new InputException(file + " ends early; fetch it again", e);
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static IdxFile read(Path file, DataInputStream in, int dimensions) throws IOException {
    int expected = UNSIGNED_BYTES << Byte.SIZE | dimensions;
    int magic = in.readInt();
    if (magic != expected) {
      throw new InputException(
          "%s begins with %#010x; an idx file of unsigned bytes in %d dimensions begins with %#010x"
              .formatted(file, magic, dimensions, expected));
    }
    int[] sizes = new int[dimensions];
    long length = 1;
    for (int i = 0; i < dimensions; i++) {
      sizes[i] = in.readInt();
      length *= sizes[i];
      if (sizes[i] < 1 || length > Integer.MAX_VALUE) {
        throw new InputException(
            "%s has the sizes %s; each must be >= 1, and their product below 2^31; fetch it again"
                .formatted(file, Arrays.toString(sizes)));
      }
    }
    byte[] values = in.readNBytes((int) length);
    if (values.length < length) {
      throw new EOFException();
    }
    return new IdxFile(file, sizes, values);
  }

  /** The file that it was read from. */
  public Path file() {
    return file;
  }

  /** The size of a dimension, of which the first varies slowest. */
  public int size(int dimension) {
    return sizes[dimension];
  }

  /** The number of elements. */
  public int length() {
    return values.length;
  }

  /** An element, from 0 to 255. */
  public int value(int index) {
    return Byte.toUnsignedInt(values[index]);
  }
}
