package dev.alig.experiments.images;

import dev.alig.experiments.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds and reads the files of a set of images, or says what is missing. */
final class InputFiles {
  private InputFiles() {}

  /**
   * The first candidate inside {@code folder} that has a file; an empty candidate is {@code
   * folder}.
   */
  static Optional<Path> folderOf(Path folder, List<String> candidates, String file) {
    return candidates.stream()
        .map(folder::resolve)
        .filter(candidate -> Files.isRegularFile(candidate.resolve(file)))
        .findFirst();
  }

  static byte[] read(Path file, String source) throws InputException {
    if (!Files.isRegularFile(file)) {
      throw new InputException("%s is missing; %s".formatted(file, source));
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}
