package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReleasesTest {
  private final Releases releases =
      new Releases(
          List.of(
              "2.10.1rc1",
              "2.10.0",
              "2.9.1",
              "2.9.0",
              "2.3.0",
              "2.2.10",
              "2.2.2",
              "2.1.2",
              "1.13.1"));

  @Test
  void theDefaultIsThePinnedOneAndTheLatestPatchOfEachLineFromTwoTwoOn() {
    assertThat(releases.named(List.of(), "2.9.0"))
        .containsExactly("2.2.10", "2.3.0", "2.9.0", "2.9.1", "2.10.0");
  }

  @Test
  void aMinorLineStandsForItsLatestPatch() {
    assertThat(releases.named(List.of("2.10.0", "2.9", "2.9.1"), "2.9.0"))
        .containsExactly("2.9.1", "2.10.0");
    assertThat(releases.named(Row.NEWEST)).isEqualTo("2.10.0");
  }

  @Test
  void whatIsBetweenTwoReleasesIsOrderedAsNumbersInTheirOrder() {
    assertThat(releases.between("2.2.2", "2.9.0"))
        .containsExactly("2.2.2", "2.2.10", "2.3.0", "2.9.0");
    assertThat(releases.between("2.9.0", "2.2.10")).containsExactly("2.9.0", "2.3.0", "2.2.10");
  }

  @Test
  void aReleaseThatTheIndexLacksIsRefusedWithTheNewest() {
    assertThatThrownBy(() -> releases.named("2.9.7"))
        .hasMessageContaining("no torch 2.9.7")
        .hasMessageContaining("2.10.0, 2.9.1");
    assertThatThrownBy(() -> releases.named("9.9")).hasMessageContaining("no torch 9.9 for");
  }

  @Test
  void anIndexWithoutReleasesIsRefused() {
    assertThatThrownBy(() -> new Releases(List.of("2.16.0rc1")))
        .hasMessageContaining("no release of torch");
  }
}
