package dev.alig.conformance.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to tamper with a certificate is refused, and for its own reason. */
class VerifierTest {
  @TempDir private Path folder;

  private SigningKey key;
  private Path jar;
  private Path library;
  private String text;

  @BeforeEach
  void sign() throws IOException {
    key = SmallCertificate.key(folder.resolve("keys"));
    jar = SmallCertificate.file(folder, "alig-nd4j.jar", "the optimizer");
    library = SmallCertificate.file(folder, "nd4j-api.jar", "a library");
    Certificate certificate =
        SmallCertificate.of(List.of(CodeFile.of(jar)), List.of(CodeFile.of(library)));
    text = Issuer.sign(certificate, key);
  }

  private Verifier open(String content, SigningKey... trusted)
      throws IOException, RefusedException {
    Path file = SmallCertificate.file(folder, "certificate.json", content);
    return Verifier.open(file, List.of(trusted).stream().map(SigningKey::trusted).toList());
  }

  private void assertRefused(String content, String... reasons) {
    assertThatThrownBy(() -> open(content, key))
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll(reasons);
  }

  private String resigned(Consumer<ObjectNode> change) throws IOException {
    return SmallCertificate.resigned(text, key, change);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path absent = Path.of("absent.json");
    assertThatThrownBy(() -> Verifier.open(absent, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the certificate absent.json is not there");
    assertThatThrownBy(() -> CodeFile.of(absent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the code absent.json is not there");
  }

  @Test
  void aCertificateIsBelieved() throws Exception {
    Verifier verifier = open(text, key);
    assertThat(verifier.contradictions()).isEmpty();
    assertThat(verifier.certificate().tries()).isEqualTo(SmallCertificate.TRIES);
    assertThat(verifier.certificate().date()).isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void aChangedNumberIsRefused() throws Exception {
    String changed =
        SmallCertificate.tampered(
            text, statement -> SmallCertificate.predicate(statement).put("tries", 1_000_000));
    assertRefused(changed, "changed after it had been signed");
  }

  @Test
  void aChangedTypeIsRefused() {
    assertRefused(text.replace("in-toto+json", "in-toto+yaml"), "changed after it had been signed");
  }

  @Test
  void anUnknownKeyIsRefused() {
    SigningKey other = SmallCertificate.key(folder.resolve("others"));
    assertThatThrownBy(() -> open(text, other))
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll("unknown key", key.trusted().id(), other.trusted().id());
  }

  @Test
  void anUnknownKeyThatPosesAsAKnownOneIsRefused() throws Exception {
    SigningKey other = SmallCertificate.key(folder.resolve("others"));
    String posing =
        SmallCertificate.resigned(text, other, statement -> {})
            .replace(other.trusted().id(), key.trusted().id());
    assertRefused(posing, "changed after it had been signed");
  }

  @Test
  void oneOfSeveralTrustedKeysIsEnough() throws Exception {
    SigningKey other = SmallCertificate.key(folder.resolve("others"));
    assertThat(open(text, other, key).signer()).isEqualTo(key.trusted());
  }

  @Test
  void noSignatureIsRefused() throws Exception {
    ObjectNode envelope = (ObjectNode) new JsonMapper().readTree(text);
    envelope.putArray("signatures");
    assertRefused(envelope.toString(), "unknown key signed it: none");
  }

  @Test
  void aDowngradedSchemaIsRefusedThoughItIsSigned() throws Exception {
    assertRefused(resigned(schema(0)), "its schema is 0", "believes 1 alone");
    assertRefused(resigned(schema(2)), "its schema is 2");
  }

  private static Consumer<ObjectNode> schema(int number) {
    return statement -> {
      SmallCertificate.predicate(statement).put("schema", number);
      String type = statement.path("predicateType").asText();
      statement.put("predicateType", type.replaceAll("\\d+$", Integer.toString(number)));
    };
  }

  @Test
  void aSchemaThatIsNotThatOfTheTypeIsRefused() throws Exception {
    String changed = resigned(statement -> SmallCertificate.predicate(statement).put("schema", 0));
    assertRefused(changed, "contradicts itself", "schema is 0");
  }

  @Test
  void anotherStatementIsRefused() throws Exception {
    assertRefused(
        resigned(statement -> statement.put("predicateType", "https://slsa.dev/provenance/v1")),
        "no certificate of conformance",
        "slsa.dev");
  }

  @Test
  void anotherPayloadIsRefused() {
    byte[] statement = Statement.of(SmallCertificate.of(List.of(), List.of())).bytes();
    String other = Envelope.sign("text/plain", statement, key).text();
    assertRefused(other, "its payload is text/plain");
  }

  @Test
  void aFieldTooMuchOrTooFewIsRefused() throws Exception {
    assertRefused(
        resigned(statement -> SmallCertificate.predicate(statement).put("approved", true)),
        "approved");
    assertRefused(
        resigned(statement -> SmallCertificate.predicate(statement).remove("tries")), "tries");
    assertRefused(
        resigned(statement -> SmallCertificate.predicate(statement).put("tries", "10")), "tries");
  }

  @Test
  void aFieldThatIsThereTwiceIsRefused() {
    String twice = text.replaceFirst("\\{", "{\"payloadType\": \"a\",");
    assertRefused(twice, "Duplicate field 'payloadType'");
  }

  @Test
  void aListOfFilesThatIsNotThatOfTheSubjectsIsRefused() throws Exception {
    assertRefused(
        resigned(statement -> statement.putArray("subject")), "list of files is not that");
  }

  @Test
  void aFileThatIsCutOffAnywhereIsRefused() {
    String whole = text.strip();
    for (int end = 0; end < whole.length(); end += 1 + whole.length() / 200) {
      assertRefused(whole.substring(0, end), "no envelope (DSSE)");
    }
    assertRefused(whole.substring(0, whole.length() - 1), "no envelope (DSSE)");
  }

  @Test
  void aPayloadWithAnyOtherByteIsRefused() throws Exception {
    String payload = new JsonMapper().readTree(text).path("payload").asText();
    for (int at = 0; at < payload.length() - 4; at += 1 + payload.length() / 200) {
      char other = payload.charAt(at) == 'A' ? 'B' : 'A';
      String changed = payload.substring(0, at) + other + payload.substring(at + 1);
      assertRefused(text.replace(payload, changed), "changed after it had been signed");
    }
  }

  @Test
  void aMissingFileIsNoReasonToRefuse() {
    assertThatThrownBy(() -> Verifier.open(folder.resolve("none.json"), List.of(key.trusted())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.json");
  }

  @Test
  void aChangedJarIsRefused() throws Exception {
    String before = CodeFile.of(jar).sha256();
    Files.writeString(jar, "the optimizer, improved");
    assertThat(open(text, key).strangers(List.of(CodeFile.of(jar))))
        .singleElement()
        .asString()
        .contains("alig-nd4j.jar is not what was certified", CodeFile.of(jar).sha256(), before);
  }

  @Test
  void anotherJarIsRefused() throws Exception {
    Path other = SmallCertificate.file(folder, "other.jar", "another optimizer");
    assertThat(open(text, key).strangers(List.of(CodeFile.of(jar), CodeFile.of(other))))
        .singleElement()
        .asString()
        .contains("other.jar is not what was certified", "no file of that name");
  }

  @Test
  void theCertifiedJarsAndLibrariesAreBelievedByAnyName() throws Exception {
    Path renamed = SmallCertificate.file(folder, "renamed.jar", "the optimizer");
    List<CodeFile> files = List.of(CodeFile.of(jar), CodeFile.of(renamed), CodeFile.of(library));
    assertThat(open(text, key).strangers(files)).isEmpty();
  }
}
