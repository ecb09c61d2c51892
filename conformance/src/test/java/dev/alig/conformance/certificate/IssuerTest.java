package dev.alig.conformance.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.gate.Event.Outcome;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.subjects.Nd4jSubject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerTest {
  private static final Report CONFORMING =
      SmallCertificate.report(SmallCertificate.SETTINGS, Outcome.AGREES);

  @TempDir private Path folder;

  private static GateSettings settings(String oracle, List<Path> traces, Set<Requirement> only) {
    return new GateSettings(oracle, traces, SmallCertificate.TRIES, 1, only, Path.of("out"));
  }

  @Test
  void aFullRunThatConformsMayBeCertified() {
    assertThat(Issuer.obstacle(CONFORMING, SmallCertificate.SETTINGS)).isEmpty();
  }

  @Test
  void aRunThatDiffersMayNot() {
    Report differing = SmallCertificate.report(SmallCertificate.SETTINGS, Outcome.DIFFERS);
    assertThat(Issuer.obstacle(differing, SmallCertificate.SETTINGS))
        .hasValue("the verdict is differs");
  }

  @Test
  void aRestrictedRunMayNot() {
    GateSettings only = settings(GateSettings.EXACT, List.of(), Set.of(Requirement.CAP));
    assertThat(Issuer.obstacle(SmallCertificate.report(only, Outcome.AGREES), only))
        .hasValueSatisfying(why -> assertThat(why).contains("--only"));
  }

  @Test
  void aReplayMayNot() {
    GateSettings replay = settings(GateSettings.EXACT, List.of(Path.of("a.jsonl")), Set.of());
    assertThat(Issuer.obstacle(CONFORMING, replay)).isPresent();
    GateSettings traces = settings(GateSettings.TRACES, List.of(), Set.of());
    assertThat(Issuer.obstacle(CONFORMING, traces)).isPresent();
  }

  @Test
  void aRunWithOtherRequirementsMayNot() {
    GateSettings only = settings(GateSettings.EXACT, List.of(), Set.of(Requirement.CAP));
    Report other = SmallCertificate.report(only, Outcome.AGREES);
    assertThat(other.verdict()).isEqualTo(Report.CONFORMS);
    assertThat(Issuer.obstacle(other, SmallCertificate.SETTINGS))
        .hasValue("nd4j was not asked the suite's own requirements");
  }

  @Test
  void aCertificateNamesTheCoreAsWell() throws Exception {
    SigningKey key = SmallCertificate.key(folder.resolve("keys"));
    Path file = new Issuer(key, List.of(new Nd4jSubject())).write(CONFORMING, folder);
    Certificate certificate = Verifier.open(file, List.of(key.trusted())).certificate();
    assertThat(certificate.subjects().get(0).jars())
        .hasSize(2)
        .allSatisfy(jar -> assertThat(jar.sha256()).hasSize(64))
        .extracting(CodeFile::file)
        .satisfiesExactly(
            jar -> assertThat(jar).contains("nd4j"), jar -> assertThat(jar).contains("core"));
    assertThat(certificate.classPath()).isNotEmpty();
    assertThat(new JsonMapper().readTree(file.toFile()).path("payloadType").asText())
        .isEqualTo("application/vnd.in-toto+json");
  }
}
