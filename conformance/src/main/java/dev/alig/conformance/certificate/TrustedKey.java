package dev.alig.conformance.certificate;

import dev.alig.conformance.Artifact;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/**
 * A public key whose signatures are believed.
 *
 * @param name where it comes from, for messages
 * @param key the key
 */
public record TrustedKey(String name, PublicKey key) {
  /**
   * Reads a key from a PEM file.
   *
   * @throws IllegalArgumentException if there is no Ed25519 public key in it
   */
  public static TrustedKey read(Path file) {
    Pem pem = Pem.read(file, Pem.PUBLIC);
    PublicKey key =
        pem.decode((factory, bytes) -> factory.generatePublic(new X509EncodedKeySpec(bytes)));
    return new TrustedKey(file.toString(), key);
  }

  /** SHA-256 of the key as X.509 encodes it, by which an envelope hints at it. */
  public String id() {
    return Artifact.digest(key.getEncoded());
  }

  /** Whether a signature of a message is of this key. */
  boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(SigningKey.ALGORITHM);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
