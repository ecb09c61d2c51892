package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the command refuses before it asks the registry. */
class RunReleasesTest {
  private static String refused(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(RunReleases.run(before, arguments)).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anOracleThatDoesNotDependOnTorch() {
    assertThat(refused("--oracle", "exact")).contains("exact does not depend on torch");
  }

  @Test
  void aFolderWithoutAPackage() {
    assertThat(refused("--oracle", "nowhere")).contains("holds no package alig");
  }

  @Test
  void anUnknownRequirementOrSubject() {
    assertThat(refused("--only", "SPEED")).contains("no requirement is named SPEED");
    assertThat(refused("--subject", "numpy")).contains("no subject is named numpy");
  }

  @Test
  void noTries() {
    assertThat(refused("--tries", "0")).contains("--tries must be > 0, was 0");
  }

  @Test
  void aCaseThatDoesNotExist() {
    assertThat(refused("--bisect", "nowhere/case.jsonl", "2.2.2", "2.15.0"))
        .contains("nowhere/case.jsonl is no trace file");
    assertThat(refused("--bisect", "pom.xml", "2.2.2", "2.15.0")).contains("is not a trace");
  }

  @Test
  void releasesBesideASearch() {
    assertThat(refused("--bisect", "norm", "2.2.2", "2.15.0", "2.3.0")).contains("nothing else");
  }
}
