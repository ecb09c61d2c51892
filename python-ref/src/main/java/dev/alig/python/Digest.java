package dev.alig.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short name for content: the first 64 bits of its SHA-256, as 16 hexadecimal digits. */
final class Digest {
  private static final int BYTES = 8;

  private final MessageDigest sha256;

  Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Adds a part; its length counts too, so that parts cannot run into each other. */
  Digest add(byte[] part) {
    sha256.update((part.length + ":").getBytes(UTF_8));
    sha256.update(part);
    return this;
  }

  Digest add(String part) {
    return add(part.getBytes(UTF_8));
  }

  /** Returns the name and starts anew. */
  String hex() {
    return HexFormat.of().formatHex(sha256.digest(), 0, BYTES);
  }
}
