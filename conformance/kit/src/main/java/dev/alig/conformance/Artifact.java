package dev.alig.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The jar or class folder that a class came from.
 *
 * @param version the implementation version in its manifest, or {@code development}
 * @param digest SHA-256 of the jar, or of the names and contents of the folder's files, sorted
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public record Artifact(String version, String digest) {
  /** The artifact of a class. */
  public static Artifact of(Class<?> type) {
    String version =
        Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("development");
    try {
      return new Artifact(version, digest(location(type)));
    } catch (IOException e) {
      throw new IllegalStateException("the code of " + type + " cannot be read", e);
    }
  }

  /** The jar or class folder of a class. */
  public static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the code of " + type + " cannot be found", e);
    }
  }

  /** SHA-256 of the names and contents of a folder's files, sorted. */
  public static String in(Path folder) {
    try {
      return digest(folder);
    } catch (IOException e) {
      throw new IllegalStateException("the files in " + folder + " cannot be read", e);
    }
  }

  /**
   * The digest of a jar, as {@code sha256sum} prints it, or of a folder of classes.
   *
   * @throws IOException if it cannot be read
   */
  public static String digest(Path location) throws IOException {
    MessageDigest sha = sha256();
    if (Files.isDirectory(location)) {
      try (Stream<Path> files = Files.walk(location)) {
        files.filter(Files::isRegularFile).sorted().forEach(file -> add(sha, location, file));
      }
    } else {
      try (InputStream stream = new DigestInputStream(Files.newInputStream(location), sha)) {
        stream.transferTo(OutputStream.nullOutputStream());
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /** The digest of some bytes. */
  public static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
