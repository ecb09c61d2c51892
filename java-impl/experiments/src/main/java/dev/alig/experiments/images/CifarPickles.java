package dev.alig.experiments.images;

import dev.alig.experiments.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;

/**
 * Reads the Python version. Each file is a pickled dictionary with an array {@code data} of one row
 * per image, and a list of labels.
 */
final class CifarPickles {
  private static final int BYTES = Images.COLORED_32.size();

  static {
    for (String module : List.of("numpy.core.multiarray", "numpy._core.multiarray")) {
      Unpickler.registerConstructor(module, "_reconstruct", arguments -> new PickledArray());
    }
    Unpickler.registerConstructor("numpy", "ndarray", arguments -> new PickledArray());
    Unpickler.registerConstructor("numpy", "dtype", PickledArray.Type::new);
  }

  private CifarPickles() {}

  /**
   * Reads files of {@code perFile} images each.
   *
   * @throws InputException if a file is missing or damaged or has other counts, or a label is out
   *     of range
   */
  static Images read(Cifar cifar, Path folder, List<String> names, int perFile)
      throws InputException {
    byte[] pixels = new byte[Math.multiplyExact(names.size() * perFile, BYTES)];
    byte[] labels = new byte[names.size() * perFile];
    for (int f = 0; f < names.size(); f++) {
      Path file = folder.resolve(names.get(f));
      Map<?, ?> dictionary = dictionary(file, cifar);
      byte[] data =
          dictionary.get("data") instanceof PickledArray array ? array.bytes() : new byte[0];
      List<?> found =
          dictionary.get(cifar.pickledLabels()) instanceof List<?> list ? list : List.of();
      if (data.length != perFile * BYTES || found.size() != perFile) {
        throw new InputException(
            "%s has %d bytes of pixels and %d %s; expected %d and %d; %s"
                .formatted(
                    file,
                    data.length,
                    found.size(),
                    cifar.pickledLabels(),
                    perFile * BYTES,
                    perFile,
                    cifar.source()));
      }
      System.arraycopy(data, 0, pixels, f * data.length, data.length);
      for (int i = 0; i < perFile; i++) {
        long label = found.get(i) instanceof Number number ? number.longValue() : -1;
        labels[f * perFile + i] = Images.requireLabel(file, i, label, cifar.classes());
      }
    }
    return new Images(Images.COLORED_32, index -> pixels[index], Images.Order.ROWS, labels);
  }

  /** Reads a dictionary. A damaged pickle can make the library throw any exception. */
  private static Map<?, ?> dictionary(Path file, Cifar cifar) throws InputException {
    byte[] bytes = InputFiles.read(file, cifar.source());
    try {
      if (new Unpickler().loads(bytes) instanceof Map<?, ?> dictionary) {
        return dictionary;
      }
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          "%s is no whole pickle (%s); %s".formatted(file, e.getMessage(), cifar.source()), e);
    }
    throw new InputException(
        "%s is a pickle, but not of a dictionary; %s".formatted(file, cifar.source()));
  }

  /** An array of numpy; only its bytes count. */
  public static final class PickledArray {
    private byte[] bytes = new byte[0];

    /** The element type; its state does not matter for bytes. */
    public static final class Type {
      private final Object name;

      Type(Object[] arguments) {
        this.name = arguments[0];
      }

      /** Called by the library. */
      public void __setstate__(Object[] state) {}
    }

    /**
     * Called by the library with version, shape, type, whether columns come first, and the bytes.
     */
    public void __setstate__(Object[] state) {
      if (!(state[2] instanceof Type type && type.name.equals("u1"))
          || Boolean.TRUE.equals(state[3])) {
        throw new PickleException("its array is not one of unsigned bytes, row by row");
      }
      // Python 2 wrote bytes as text; the library gives each byte as one character.
      bytes =
          state[4] instanceof String text
              ? text.getBytes(StandardCharsets.ISO_8859_1)
              : (byte[]) state[4];
    }

    byte[] bytes() {
      return bytes;
    }
  }
}
