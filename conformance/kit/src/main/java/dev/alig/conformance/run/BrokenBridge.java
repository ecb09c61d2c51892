package dev.alig.conformance.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells the other workers of a run that the bridge to Python changes numbers. All workers run the
 * same code, so none of them can trust it.
 *
 * @param told the folder of {@link Folders#told}
 */
record BrokenBridge(Path told) {
  /** Whether a worker has told. */
  boolean isTold() {
    return Files.exists(file());
  }

  /** Tells the other workers. */
  void tell() {
    try {
      Files.createDirectories(told);
      Files.write(file(), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("the report folder cannot be written: " + file(), e);
    }
  }

  private Path file() {
    return told.resolve("bridge-broken");
  }
}
