package dev.alig.python;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Python programs of this package, which an interpreter reads from its standard input. */
final class Resource {
  private Resource() {}

  /** Returns the content of a file beside this class. */
  static byte[] read(String name) {
    try (InputStream in = Resource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
