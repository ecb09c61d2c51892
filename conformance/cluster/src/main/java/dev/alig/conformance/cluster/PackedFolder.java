package dev.alig.conformance.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a folder with its subfolders, as data that can travel.
 *
 * @param files the contents, by their paths in the folder
 */
record PackedFolder(TreeMap<String, byte[]> files) implements Serializable {
  /** Packs the files below {@code part} of a folder; none if there is no such part. */
  static PackedFolder of(Path folder, Path part) throws IOException {
    TreeMap<String, byte[]> files = new TreeMap<>();
    if (Files.exists(folder.resolve(part))) {
      try (Stream<Path> paths = Files.walk(folder.resolve(part))) {
        for (Path file : paths.filter(Files::isRegularFile).toList()) {
          files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return new PackedFolder(files);
  }

  /** Writes the files into a folder, over those of the same names. */
  void unpack(Path folder) throws IOException {
    for (var entry : files.entrySet()) {
      Path file = folder.resolve(entry.getKey()).toAbsolutePath();
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
  }

  /** Deletes a folder with all in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> all = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : all) {
        Files.delete(path);
      }
    }
  }
}
