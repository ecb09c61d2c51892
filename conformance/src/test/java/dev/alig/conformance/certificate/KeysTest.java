package dev.alig.conformance.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  /** RFC 8032, section 7.1, test 1: a seed and its public key. */
  private static final String SEED =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

  private static final String PUBLIC =
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

  /** What OpenSSL puts before a seed and before a public key (RFC 8410). */
  private static final String PKCS8 = "302e020100300506032b657004220420";

  private static final String X509 = "302a300506032b6570032100";

  @TempDir private Path folder;

  private Path pem(String label, byte[] content) throws Exception {
    String body = Base64.getEncoder().encodeToString(content);
    return SmallCertificate.file(
        folder,
        "key.pem",
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label));
  }

  private Path pem(String label, String hex) throws Exception {
    return pem(label, HexFormat.of().parseHex(hex));
  }

  private static void assertNoSigningKey(Path file, String... reasons) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.read(file))
        .withMessageContainingAll(reasons)
        .withMessageContaining(file.toString());
  }

  private static void assertNoTrustedKey(Path file, String... reasons) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustedKey.read(file))
        .withMessageContainingAll(reasons)
        .withMessageContaining(file.toString());
  }

  @Test
  void aKeyAsOpenSslWritesItHasThePublicKeyOfTheStandard() throws Exception {
    SigningKey key = SigningKey.read(pem("PRIVATE KEY", PKCS8 + SEED));
    TrustedKey expected = TrustedKey.read(pem("PUBLIC KEY", X509 + PUBLIC));
    assertThat(key.trusted().key()).isEqualTo(expected.key());
    assertThat(key.trusted().id()).isEqualTo(expected.id());
  }

  /** RFC 8032, section 7.1, test 1: the signature of the empty message. */
  @Test
  void aSignatureIsThatOfTheStandard() throws Exception {
    SigningKey key = SigningKey.read(pem("PRIVATE KEY", PKCS8 + SEED));
    assertThat(HexFormat.of().formatHex(key.sign(new byte[0])))
        .isEqualTo(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e"
                + "39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
  }

  @Test
  void aMadePairSignsAndChecks() throws Exception {
    KeyFiles files = KeyFiles.make(folder.resolve("keys"));
    byte[] message = "a message".getBytes(StandardCharsets.UTF_8);
    byte[] signature = SigningKey.read(files.secret()).sign(message);
    TrustedKey trusted = TrustedKey.read(files.open());
    assertThat(trusted.verifies(message, signature)).isTrue();
    message[0]++;
    assertThat(trusted.verifies(message, signature)).isFalse();
    assertThat(trusted.verifies(message, new byte[5])).isFalse();
  }

  @Test
  void onlyItsOwnerReadsAPrivateKey() throws Exception {
    Path secret = KeyFiles.make(folder.resolve("keys")).secret();
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aKeyIsNotOverwritten() throws Exception {
    Path secret = KeyFiles.make(folder.resolve("keys")).secret();
    String before = Files.readString(secret);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFiles.make(folder.resolve("keys")))
        .withMessageContaining("private.pem is there already");
    assertThat(secret).hasContent(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "DSA", "Ed448", "X25519"})
  void aKeyOfAnotherAlgorithmIsNamed(String algorithm) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    String reason = "is of the algorithm %s, and Ed25519 is needed".formatted(algorithm);
    assertNoSigningKey(pem("PRIVATE KEY", pair.getPrivate().getEncoded()), reason);
    assertNoTrustedKey(pem("PUBLIC KEY", pair.getPublic().getEncoded()), reason);
  }

  @Test
  void theOtherHalfIsNoSubstitute() throws Exception {
    KeyFiles files = KeyFiles.make(folder.resolve("keys"));
    assertNoSigningKey(files.open(), "holds a PUBLIC KEY, and a PRIVATE KEY is needed");
    assertNoTrustedKey(
        files.secret(), "holds a PRIVATE KEY, and a PUBLIC KEY is needed", "-pubout");
  }

  @Test
  void anEncryptedKeySaysHowToDecryptIt() throws Exception {
    assertNoSigningKey(pem("ENCRYPTED PRIVATE KEY", PKCS8), "ENCRYPTED PRIVATE KEY", "openssl");
    assertNoSigningKey(pem("OPENSSH PRIVATE KEY", PKCS8), "holds a OPENSSH PRIVATE KEY");
  }

  @Test
  void whatIsNoPemSaysSo() throws Exception {
    assertNoSigningKey(SmallCertificate.file(folder, "a", "no key"), "no line -----BEGIN PRIVATE");
    assertNoTrustedKey(Files.write(folder.resolve("b"), new byte[] {(byte) 0xff}), "as a text");
    assertNoTrustedKey(folder.resolve("none.pem"), "is not there");
  }

  @Test
  void aDamagedPemSaysSo() throws Exception {
    String text = Files.readString(pem("PRIVATE KEY", PKCS8 + SEED));
    assertNoSigningKey(
        SmallCertificate.file(folder, "a", text.substring(0, 60)), "is cut off", "END PRIVATE KEY");
    assertNoSigningKey(pem("PRIVATE KEY", (PKCS8 + SEED).substring(0, 60)), "is damaged");
    assertNoTrustedKey(pem("PUBLIC KEY", X509), "is damaged");
    assertNoTrustedKey(pem("PUBLIC KEY", "00"), "is damaged");
  }
}
