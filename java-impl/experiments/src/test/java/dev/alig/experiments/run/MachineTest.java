package dev.alig.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void frameworksHaveTheirVersions() {
    assertThat(Machine.nd4j()).matches("ND4J \\d+\\..+");
    assertThat(Machine.here(Machine.nd4j()).describe()).contains(", ND4J ").doesNotContain("null");
  }
}
