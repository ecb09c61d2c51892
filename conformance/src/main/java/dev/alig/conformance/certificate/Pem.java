package dev.alig.conformance.certificate;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Ed25519 keys in PEM files, as OpenSSL writes them.
 *
 * @param file the file, for messages
 * @param label what the file says that it holds, such as {@code PUBLIC KEY}
 * @param base64 the key in the encoding that goes with the label
 */
record Pem(Path file, String label, String base64) {
  static final String PRIVATE = "PRIVATE KEY";
  static final String PUBLIC = "PUBLIC KEY";

  private static final String ALGORITHM = "Ed25519";
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  /** What other keys say that they are, so that a message can name it. */
  private static final List<String> OTHERS =
      List.of("RSA", "EC", "DSA", "Ed448", "X25519", "X448", "RSASSA-PSS");

  /** Turns the bytes of a key into one, by the factory of an algorithm. */
  interface Decoder<K extends Key> {
    /** The key. */
    K decode(KeyFactory factory, byte[] encoded) throws GeneralSecurityException;
  }

  /**
   * Reads the first key of a file.
   *
   * @param wanted the label that it should have
   * @throws IllegalArgumentException if it cannot be read, is no PEM, or holds something else
   */
  static Pem read(Path file, String wanted) {
    String text = UserFile.text("the key", file);
    Matcher begin = BEGIN.matcher(text);
    if (!begin.find()) {
      throw complaint(file, "has no line -----BEGIN %s-----, so it is no PEM".formatted(wanted));
    }
    String label = begin.group(1);
    int end = text.indexOf("-----END " + label + "-----", begin.end());
    if (end < 0) {
      throw complaint(file, "is cut off: it has no line -----END %s-----".formatted(label));
    }
    if (!label.equals(wanted)) {
      throw complaint(
          file, "holds a %s, and a %s is needed%s".formatted(label, wanted, hint(label)));
    }
    return new Pem(file, label, text.substring(begin.end(), end));
  }

  private static String hint(String label) {
    return switch (label) {
      case PRIVATE -> "; openssl pkey -in KEY -pubout writes its public half";
      case "ENCRYPTED PRIVATE KEY" -> "; openssl pkey -in KEY decrypts it";
      default -> "";
    };
  }

  /** A complaint about a key file, which ends with what to do. */
  private static IllegalArgumentException complaint(Path file, String what) {
    return new IllegalArgumentException(
        "the key %s %s; ci/certificate-key DIR makes a pair of keys".formatted(file, what));
  }

  /**
   * The key.
   *
   * @throws IllegalArgumentException if it is damaged, or one of another algorithm
   */
  <K extends Key> K decode(Decoder<K> decoder) {
    byte[] encoded;
    try {
      encoded = Base64.getMimeDecoder().decode(base64);
      return decoder.decode(KeyFactory.getInstance(ALGORITHM), encoded);
    } catch (IllegalArgumentException e) {
      throw complaint(file, "is damaged: " + e.getMessage());
    } catch (GeneralSecurityException e) {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      throw complaint(
          file,
          OTHERS.stream()
              .filter(other -> decodes(decoder, other, bytes))
              .findFirst()
              .map(other -> "is of the algorithm %s, and %s is needed".formatted(other, ALGORITHM))
              .orElse("is damaged: it is no %s in DER".formatted(label)));
    }
  }

  private static boolean decodes(Decoder<?> decoder, String algorithm, byte[] encoded) {
    try {
      decoder.decode(KeyFactory.getInstance(algorithm), encoded);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** A key as the text of a PEM file. */
  static String text(String label, Key key) {
    String body = LINES.encodeToString(key.getEncoded());
    return Stream.of("-----BEGIN " + label + "-----", body, "-----END " + label + "-----", "")
        .reduce((above, below) -> above + "\n" + below)
        .orElseThrow();
  }
}
