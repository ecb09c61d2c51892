package dev.alig.conformance.certificate;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;

/**
 * A new pair of keys in a folder.
 *
 * @param secret the private key, which only its owner may read
 * @param open the public key, to be handed to whoever is to check certificates
 */
public record KeyFiles(Path secret, Path open) {
  /**
   * Makes a pair.
   *
   * @throws IllegalArgumentException if a key is there already, or the folder cannot be written
   */
  public static KeyFiles make(Path folder) {
    KeyFiles files = new KeyFiles(folder.resolve("private.pem"), folder.resolve("public.pem"));
    try {
      KeyPair pair = KeyPairGenerator.getInstance(SigningKey.ALGORITHM).generateKeyPair();
      Files.createDirectories(folder);
      write(files.secret, Pem.text(Pem.PRIVATE, pair.getPrivate()), owners());
      write(files.open, Pem.text(Pem.PUBLIC, pair.getPublic()));
      return files;
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(
          "%s is there already, and a key is not overwritten; name another folder"
              .formatted(e.getFile()),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the keys cannot be written: " + e, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + SigningKey.ALGORITHM, e);
    }
  }

  private static void write(Path file, String text, FileAttribute<?>... attributes)
      throws IOException {
    Files.createFile(file, attributes);
    Files.writeString(file, text);
  }

  private static FileAttribute<?>[] owners() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
