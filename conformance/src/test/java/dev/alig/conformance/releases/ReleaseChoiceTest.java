package dev.alig.conformance.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseChoiceTest {
  private final ReleaseChoice choice =
      new ReleaseChoice(
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
    assertThat(choice.defaults(Version.of("2.9.0")))
        .hasToString("[2.2.10, 2.3.0, 2.9.0, 2.9.1, 2.10.0]");
  }

  @Test
  void aMinorLineStandsForItsLatestPatch() {
    assertThat(choice.named(List.of("2.10.0", "2.9", "2.9.1"))).hasToString("[2.9.1, 2.10.0]");
  }

  @Test
  void whatIsBetweenTwoReleasesIsOrderedAsNumbers() {
    assertThat(choice.between(Version.of("2.2.2"), Version.of("2.9.0")))
        .hasToString("[2.2.2, 2.2.10, 2.3.0, 2.9.0]");
  }

  @Test
  void aReleaseThatTheRegistryLacksIsRefusedWithTheNewest() {
    assertThatThrownBy(() -> choice.named("2.9.7"))
        .hasMessageContaining("no torch 2.9.7")
        .hasMessageContaining("2.10.0, 2.9.1");
    assertThatThrownBy(() -> choice.named("9.9")).hasMessageContaining("no torch 9.9 for");
    assertThatThrownBy(() -> choice.named("newest")).hasMessageContaining("was 'newest'");
  }

  @Test
  void aRegistryWithoutReleasesIsRefused() {
    assertThatThrownBy(() -> new ReleaseChoice(List.of("2.16.0rc1")))
        .hasMessageContaining("no release of torch");
  }
}
