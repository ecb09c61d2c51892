package dev.alig.conformance.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Finding;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.model.Place;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.oracle.OracleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureFolderTest {
  private static final Implementation EXACT = new ExactOracle();
  private static final StepCase CASE = TraceFile.shipped().get(0).scripted();
  private static final Place PLACE = Place.of(0, Place.Quantity.UNCLIPPED, 0);

  @TempDir private Path out;

  private Path keep(Implementation oracle, double expected) {
    Finding finding = new Finding(PLACE, expected, 7, expected, expected, CASE, 0);
    return new FailureFolder(out, oracle, "", List.of(Path.of("python")))
        .keep(
            "mine-CAP",
            Requirement.CAP,
            CASE,
            new Difference(List.of(), Optional.of(finding)),
            "mine",
            FailureFolderTest.class);
  }

  private static double answer() {
    return PLACE.in(EXACT.run(CASE)).orElseThrow();
  }

  @Test
  void aFailureIsAFolderWithItsCaseAndItsTests() throws IOException {
    Path file = keep(EXACT, answer());
    assertThat(file).isEqualTo(out.resolve("failures/mine-CAP/case.jsonl"));
    assertThat(TraceFile.read(file).get(0).scripted()).isEqualTo(CASE);
    try (var files = Files.list(out.resolve("failures/mine-CAP"))) {
      assertThat(files.map(path -> String.valueOf(path.getFileName())))
          .containsExactlyInAnyOrder(
              "case.jsonl",
              "asked.jsonl",
              "finding.json",
              "ReproduceMineCapTest.java",
              "test_reproduce.py",
              "pytest.ini");
    }
    assertThat(file.resolveSibling("ReproduceMineCapTest.java"))
        .content()
        .contains("class ReproduceMineCapTest", "new " + FailureFolderTest.class.getName());
  }

  @Test
  void theNumberIsTriedAgain() {
    Path folder = out.resolve("failures/mine-CAP");
    keep(EXACT, answer());
    Reproduction.in(folder).check(EXACT);
    keep(EXACT, answer() + 1);
    assertThatThrownBy(() -> Reproduction.in(folder).check(EXACT))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("where     step 0, unclipped step size");
  }

  /** An oracle that died cannot answer a second time. */
  @Test
  void exactArithmeticAnswersWhereTheOracleCannot() throws IOException {
    Implementation dead =
        new Implementation() {
          @Override
          public String name() {
            return "dead";
          }

          @Override
          public Trace run(StepCase scripted) {
            throw new OracleException("dead");
          }
        };
    Path file = keep(dead, 1);
    assertThat(TraceFile.read(file).get(0).trace()).isEqualTo(EXACT.run(CASE));
    assertThat(file.resolveSibling("finding.json")).doesNotExist();
  }
}
