package dev.alig.conformance.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Artifact;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Worst;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Event.Outcome;
import dev.alig.conformance.oracle.OracleFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

class RerunTest {
  private static final Certificate CERTIFICATE =
      SmallCertificate.of(List.of(new CodeFile("a.jar", "1")), List.of());

  private static Rerun rerun(String suite, Event... events) {
    Rerun rerun = new Rerun(CERTIFICATE, new Artifact("1", suite));
    List.of(events).forEach(rerun::hear);
    return rerun;
  }

  private static Rerun rerun(Event... events) {
    return rerun(CERTIFICATE.suite().digest(), events);
  }

  private static Event agreeing(double observed, String caseId) {
    return SmallCertificate.ended(Outcome.AGREES, Worst.of(observed, 4, caseId));
  }

  @Test
  void theRecordedWorstCaseIsReproduced() {
    Rerun rerun = rerun(agreeing(3, "seed 7"));
    assertThat(rerun.contradictions()).isEmpty();
    assertThat(rerun.obstacle()).isEmpty();
    assertThat(rerun.reproduced()).hasSize(Requirement.values().length).contains("nd4j, CAP");
    assertThat(rerun.recorded()).isEqualTo(Requirement.values().length);
    assertThat(Rerun.worstCases(CERTIFICATE)).containsExactly("seed 7");
  }

  @Test
  void theSameRatioOfAnotherCaseIsNoReproduction() {
    assertThat(rerun(agreeing(3, "seed 8")).reproduced()).isEmpty();
  }

  @Test
  void aSmallerRatioContradictsNothing() {
    Rerun rerun = rerun(agreeing(2, "seed 8"));
    assertThat(rerun.contradictions()).isEmpty();
    assertThat(rerun.reproduced()).isEmpty();
  }

  @Test
  void aLargerRatioThanTheWorstIsAContradiction() {
    assertThat(rerun(agreeing(3.5, "seed 8")).contradictions())
        .hasSize(Requirement.values().length)
        .contains(
            "nd4j, CAP: the case seed 8 has the ratio 0.875, and the certificate says that the"
                + " worst is 0.75");
  }

  @Test
  void elsewhereRatiosMayBeOthers() {
    OracleFacts exact = OracleFacts.withoutPython("exact");
    Rerun rerun = rerun("11", new Event.OracleReady(exact), agreeing(3.5, "seed 8"));
    assertThat(rerun.contradictions()).isEmpty();
    assertThat(rerun.elsewhere())
        .containsExactly("suite was 00 and is 11", "oracle was unknown and is exact");
  }

  @Test
  void aDifferenceIsAContradictionAnywhere() {
    Event differing = SmallCertificate.ended(Outcome.DIFFERS, Worst.NONE);
    assertThat(rerun("11", differing).contradictions())
        .singleElement()
        .asString()
        .contains("a case differs", "facts");
  }

  @Test
  void aBreakdownOrAnEmptySampleSaysNothing() {
    assertThat(rerun(SmallCertificate.ended(Outcome.BROKEN, Worst.NONE)).obstacle())
        .hasValueSatisfying(why -> assertThat(why).contains("broke: facts"));
    assertThat(rerun().obstacle()).hasValueSatisfying(why -> assertThat(why).contains("--sample"));
  }
}
