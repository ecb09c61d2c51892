package dev.alig.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apiguardian.api.API;

/**
 * A jar or a folder of classes, with its digest.
 *
 * @param file its name; of a folder the last three names of its path
 * @param sha256 see {@link Artifact#digest(Path)}
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record CodeFile(String file, String sha256) {
  /** How many names identify a folder of classes, such as {@code core/target/classes}. */
  private static final int FOLDERS = 3;

  /**
   * A jar or a folder as it is now.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public static CodeFile of(Path path) {
    try {
      return new CodeFile(name(path.toAbsolutePath().normalize()), Artifact.digest(path));
    } catch (IOException e) {
      throw new IllegalArgumentException("%s cannot be read: %s".formatted(path, e), e);
    }
  }

  /** The files that classes came from, each once. */
  public static List<CodeFile> of(Collection<Class<?>> classes) {
    return classes.stream().map(Artifact::location).distinct().map(CodeFile::of).toList();
  }

  private static String name(Path path) {
    int names = path.getNameCount();
    int shown = Files.isDirectory(path) ? Math.min(FOLDERS, names) : 1;
    return path.subpath(names - shown, names).toString().replace(File.separatorChar, '/');
  }
}
