package dev.alig.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jar or class folder that a class came from.
 *
 * @param version the implementation version in its manifest, or {@code development}
 * @param digest SHA-256 of the jar, or of the folder's files and their names in order
 */
public record Artifact(String version, String digest) {
  /** The artifact of a class. */
  public static Artifact of(Class<?> type) {
    String version =
        Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("development");
    try {
      Path location = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new Artifact(version, digest(location));
    } catch (URISyntaxException | IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("the code of " + type + " cannot be read", e);
    }
  }

  /** SHA-256 of a folder's files and their names in order. */
  public static String in(Path folder) {
    try {
      return digest(folder);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("the files in " + folder + " cannot be read", e);
    }
  }

  private static String digest(Path location) throws IOException, NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    if (Files.isRegularFile(location)) {
      sha.update(Files.readAllBytes(location));
    } else {
      try (Stream<Path> files = Files.walk(location)) {
        files.filter(Files::isRegularFile).sorted().forEach(file -> add(sha, location, file));
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static void add(MessageDigest sha, Path folder, Path file) {
    try {
      sha.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
      sha.update(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
