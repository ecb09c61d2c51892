package dev.alig.experiments.compare;

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
final class IdxFile {
  /** Two zeros and the type: unsigned bytes. The number of dimensions is the next byte. */
  private static final int UNSIGNED_BYTES = 0x08;

  private final int[] sizes;
  private final byte[] values;

  private IdxFile(int[] sizes, byte[] values) {
    this.sizes = sizes;
    this.values = values;
  }

  /**
   * Reads {@code folder/name}, or else {@code folder/name.gz}.
   *
   * @param dimensions the number of dimensions that it must have
   * @throws IOException if neither is there, or the file has another format
   */
  static IdxFile read(Path folder, String name, int dimensions) throws IOException {
    Path plain = folder.resolve(name);
    Path compressed = folder.resolve(name + ".gz");
    if (Files.exists(plain)) {
      return read(plain, Files.newInputStream(plain), dimensions);
    }
    if (Files.exists(compressed)) {
      return read(compressed, new GZIPInputStream(Files.newInputStream(compressed)), dimensions);
    }
    throw new IOException(
        "%s has neither %s nor %s.gz; name the folder that holds the four idx files"
            .formatted(folder, name, name));
  }

  private static IdxFile read(Path file, InputStream bytes, int dimensions) throws IOException {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(bytes))) {
      int expected = UNSIGNED_BYTES << Byte.SIZE | dimensions;
      int magic = in.readInt();
      if (magic != expected) {
        throw new IOException(
            "%s begins with %#010x; an idx file of unsigned bytes in %d dimensions begins with %#010x"
                .formatted(file, magic, dimensions, expected));
      }
      int[] sizes = new int[dimensions];
      for (int i = 0; i < dimensions; i++) {
        sizes[i] = in.readInt();
      }
      byte[] values = new byte[Arrays.stream(sizes).reduce(1, Math::multiplyExact)];
      in.readFully(values);
      return new IdxFile(sizes, values);
    } catch (EOFException e) {
      throw new IOException(file + " ends early; fetch it again", e);
    }
  }

  /** The size of the first dimension, which varies slowest. */
  int count() {
    return sizes[0];
  }

  /** The number of elements. */
  int length() {
    return values.length;
  }

  /** An element, from 0 to 255. */
  int value(int index) {
    return Byte.toUnsignedInt(values[index]);
  }
}
