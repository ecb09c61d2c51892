package dev.alig.conformance.certificate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** An Ed25519 private key and the public one that goes with it. */
public final class SigningKey {
  static final String ALGORITHM = "Ed25519";

  private final PrivateKey key;
  private final TrustedKey trusted;

  private SigningKey(PrivateKey key, PublicKey publicKey) {
    this.key = key;
    this.trusted = new TrustedKey("its own", publicKey);
  }

  /**
   * Reads a key from a PEM file in PKCS#8, as {@code openssl genpkey -algorithm ed25519} writes it.
   *
   * @throws IllegalArgumentException if there is no Ed25519 private key in it
   */
  public static SigningKey read(Path file) {
    Pem pem = Pem.read(file, Pem.PRIVATE);
    PrivateKey key =
        pem.decode((factory, bytes) -> factory.generatePrivate(new PKCS8EncodedKeySpec(bytes)));
    SigningKey signing = new SigningKey(key, publicHalf(key));
    byte[] message = "any".getBytes(StandardCharsets.UTF_8);
    if (!signing.trusted.verifies(message, signing.sign(message))) {
      throw new IllegalStateException("this JDK derives a wrong public key from " + file);
    }
    return signing;
  }

  /**
   * The public key of a private one. PKCS#8 holds but the seed, and the JDK derives a public key
   * from a seed only when it draws a new pair; so it is made to draw this seed.
   */
  private static PublicKey publicHalf(PrivateKey key) {
    try {
      byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
      generator.initialize(Byte.SIZE * seed.length - 1, new Drawing(seed));
      return generator.generateKeyPair().getPublic();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** A source of chance that draws what it is told to. */
  private static final class Drawing extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    Drawing(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(Arrays.copyOf(seed, bytes.length), 0, bytes, 0, bytes.length);
    }
  }

  /** The public key. */
  public TrustedKey trusted() {
    return trusted;
  }

  byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key does not sign", e);
    }
  }
}
