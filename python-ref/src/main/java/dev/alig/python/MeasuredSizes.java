package dev.alig.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How much disk the set-ups of this machine took while they ran, packages that were downloaded and
 * not yet unpacked included. It is known of environments that have been removed as well.
 *
 * @param cache the folder with a file for each
 */
record MeasuredSizes(Path cache) {
  private static final String SUFFIX = ".bytes";

  /** Keeps what a set-up took. */
  void keep(String key, long bytes) throws IOException {
    Files.writeString(cache.resolve(key + SUFFIX), Long.toString(bytes));
  }

  /**
   * What a set-up will take: what it took before, or else the most that any did.
   *
   * @param unmeasured where there was none
   */
  long expected(String key, long unmeasured) throws IOException {
    OptionalLong before = read(cache.resolve(key + SUFFIX));
    if (before.isPresent()) {
      return before.getAsLong();
    }
    if (!Files.isDirectory(cache)) {
      return unmeasured;
    }
    try (Stream<Path> files = Files.list(cache)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
      return all.stream()
          .map(MeasuredSizes::read)
          .flatMapToLong(OptionalLong::stream)
          .max()
          .orElse(unmeasured);
    }
  }

  /** A file that is missing or was cut short counts as none. */
  private static OptionalLong read(Path file) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
