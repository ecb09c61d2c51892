package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alig.conformance.certificate.SigningKey;
import dev.alig.conformance.certificate.SmallCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A certificate from the key to the verdict, as a user meets it; none of these needs Python.
 *
 * <p>Each test mostly waits for a process of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class CertificateTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private int run(String... arguments) {
    bytes.reset();
    return Conform.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), arguments);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private int conform(String... more) {
    String[] whole = {
      "--oracle", "exact", "--subject", "nd4j", "--tries", "3", "--out", path("report")
    };
    String[] all = Arrays.copyOf(whole, whole.length + more.length);
    System.arraycopy(more, 0, all, whole.length, more.length);
    return run(all);
  }

  private int verify(String certificate, String... more) {
    String[] whole = {"verify-certificate", certificate, "--key", path("keys/public.pem")};
    String[] all = Arrays.copyOf(whole, whole.length + more.length);
    System.arraycopy(more, 0, all, whole.length, more.length);
    return run(all);
  }

  private void makeKeys() {
    assertThat(run("certificate-key", path("keys"))).isZero();
    assertThat(printed()).contains("--sign", "--key");
  }

  @Test
  void aConformingOptimizerExitsWithZeroAndIsSignedAndRunAgain() throws IOException {
    makeKeys();
    assertThat(conform("--sign", path("keys/private.pem"))).as(printed()).isZero();
    String certificate = path("report/certificate.json");
    assertThat(printed())
        .contains("verdict: conforms", "MOMENTUM_STANDARD", "certificate: " + certificate)
        .containsPattern("defects: (\\d+) of \\1 caught");
    assertThat(folder.resolve("report/report.json")).exists();
    assertThat(folder.resolve("report/report.html")).exists();

    assertThat(verify(certificate, "--sample", "40", "--out", path("again")))
        .as(printed())
        .isZero();
    assertThat(printed())
        .contains("verdict     verified")
        .containsPattern("[1-9]\\d* of \\d+ recorded worst cases gave the recorded ratio");

    String lowered = path("lowered.json");
    SigningKey key = SigningKey.read(folder.resolve("keys/private.pem"));
    Files.writeString(
        Path.of(lowered),
        SmallCertificate.resigned(
            Files.readString(Path.of(certificate)), key, CertificateTest::flatter));
    assertThat(verify(lowered, "--sample", "40", "--out", path("again"))).as(printed()).isOne();
    assertThat(printed())
        .contains("verdict     refused", "nd4j, STEP_SIZE: the case seed")
        .contains("the certificate says that the worst is 0.0");
  }

  /** A signer who makes an optimizer look better than it is. */
  private static void flatter(ObjectNode statement) {
    ObjectNode worst =
        (ObjectNode) SmallCertificate.requirement(statement, "STEP_SIZE").get("worst");
    worst.put("observed", 0.0).put("ratio", 0.0);
  }

  @Test
  void aRestrictedRunIsNotSigned() {
    makeKeys();
    assertThat(conform("--only", "CAP", "--sign", path("keys/private.pem"))).as(printed()).isZero();
    assertThat(printed()).contains("no certificate: the run was restricted");
    assertThat(folder.resolve("report/certificate.json")).doesNotExist();
  }

  @Test
  void aKeyThatIsNoneEndsTheRunBeforeItBegins() {
    makeKeys();
    assertThat(conform("--sign", path("keys/public.pem"))).isEqualTo(2);
    assertThat(folder.resolve("report")).doesNotExist();
  }

  @Test
  void whatCannotBeReadCannotBeChecked() {
    makeKeys();
    assertThat(verify(path("none.json"))).isEqualTo(2);
    assertThat(run("verify-certificate", path("none.json"))).isEqualTo(2);
  }

  @Test
  void whatIsNoCertificateIsRefused() throws IOException {
    makeKeys();
    Files.writeString(folder.resolve("certificate.json"), "{");
    assertThat(verify(path("certificate.json"))).isOne();
    assertThat(printed()).contains("verdict     refused", "because     the file is no envelope");
  }
}
