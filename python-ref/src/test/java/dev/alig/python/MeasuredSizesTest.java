package dev.alig.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a set-up is expected to take. */
final class MeasuredSizesTest {
  @TempDir Path folder;

  @Test
  void withoutAnyMeasurementTheGuessHolds() throws IOException {
    assertThat(new MeasuredSizes(folder).expected("a", 9)).isEqualTo(9);
    assertThat(new MeasuredSizes(folder.resolve("none")).expected("a", 9)).isEqualTo(9);
  }

  @Test
  void whatItTookBeforeHoldsAndElseTheLargestOfOthers() throws IOException {
    MeasuredSizes sizes = new MeasuredSizes(folder);
    sizes.keep("a", 11_500_000_000L);
    sizes.keep("b", 9_100_000_000L);
    assertThat(sizes.expected("b", 9)).isEqualTo(9_100_000_000L);
    assertThat(sizes.expected("c", 9)).isEqualTo(11_500_000_000L);
  }

  @Test
  void aFileCutShortCountsAsNone() throws IOException {
    Files.writeString(folder.resolve("a.bytes"), "");
    assertThat(new MeasuredSizes(folder).expected("a", 9)).isEqualTo(9);
  }
}
