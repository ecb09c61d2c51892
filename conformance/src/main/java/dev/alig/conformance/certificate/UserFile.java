package dev.alig.conformance.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a user names. */
final class UserFile {
  private UserFile() {}

  /**
   * Reads a file of text.
   *
   * @param what what it should be, such as "the key"
   * @throws IllegalArgumentException if it is not there, or cannot be read
   */
  static String text(String what, Path file) {
    require(what, file);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s %s cannot be read as a text: %s".formatted(what, file, e), e);
    }
  }

  /**
   * Asks for a file or a folder.
   *
   * @throws IllegalArgumentException if it is not there
   */
  static void require(String what, Path path) {
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("%s %s is not there".formatted(what, path));
    }
  }
}
