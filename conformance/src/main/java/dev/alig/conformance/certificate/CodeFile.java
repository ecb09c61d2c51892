package dev.alig.conformance.certificate;

import dev.alig.conformance.Artifact;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A jar, or a folder of classes, and what was in it.
 *
 * @param file its name, without the folder it lies in
 * @param sha256 the digest of a jar, as {@code sha256sum} has it; or of a folder, see {@link
 *     Artifact#digest(Path)}
 */
public record CodeFile(String file, String sha256) {
  /** The names that a folder of classes is known by, such as {@code core/target/classes}. */
  private static final int FOLDERS = 3;

  /**
   * A jar or a folder as it is now.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public static CodeFile of(Path path) {
    UserFile.require("the code", path);
    try {
      return new CodeFile(name(path.toAbsolutePath().normalize()), Artifact.digest(path));
    } catch (IOException e) {
      throw new IllegalArgumentException("the code %s cannot be read: %s".formatted(path, e), e);
    }
  }

  private static String name(Path path) {
    int names = path.getNameCount();
    int shown = Files.isDirectory(path) ? Math.min(FOLDERS, names) : 1;
    return path.subpath(names - shown, names).toString().replace(File.separatorChar, '/');
  }

  /** All that is on the class path of this process, in its order. */
  public static List<CodeFile> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .map(CodeFile::of)
        .toList();
  }

  /** The files that classes came from, each once. */
  public static List<CodeFile> of(List<Class<?>> classes) {
    return classes.stream().map(Artifact::location).distinct().map(CodeFile::of).toList();
  }
}
