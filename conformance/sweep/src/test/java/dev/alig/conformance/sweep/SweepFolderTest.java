package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepFolderTest {
  @TempDir private Path folder;

  private static SweepReport report(boolean complete) {
    return new SweepReport(complete, "20 tries", List.of(), List.of(), List.of());
  }

  private boolean begin(String settings) throws IOException {
    try (SweepFolder sweep = new SweepFolder(folder)) {
      return sweep.begin(settings);
    }
  }

  private Path file(String rows, String name) throws IOException {
    return Files.writeString(Files.createDirectories(folder.resolve(rows)).resolve(name), "");
  }

  @Test
  void anIncompleteSweepOfTheSameSettingsGoesOn() throws IOException {
    Path row = file("rows", "linux");
    SweepFolder.write(folder.resolve("sweep.json"), report(false));
    assertThat(begin("20 tries")).isTrue();
    assertThat(row).exists();
    assertThat(begin("30 tries")).isFalse();
    assertThat(row).doesNotExist();
  }

  @Test
  void aCompleteSweepBecomesThePreviousOne() throws IOException {
    file("rows", "linux");
    Path older = file("rows.previous", "older");
    SweepFolder.write(folder.resolve("sweep.json"), report(true));
    assertThat(begin("20 tries")).isFalse();
    assertThat(folder.resolve("rows.previous").resolve("linux")).exists();
    assertThat(older).doesNotExist();
    assertThat(folder.resolve("rows")).isEmptyDirectory();
    // A process that begins and dies leaves the previous sweep to the next one.
    assertThat(begin("20 tries")).isFalse();
    assertThat(folder.resolve("rows.previous").resolve("linux")).exists();
  }

  /** The rows are moved before {@code sweep.json} is deleted. */
  @Test
  void aProcessThatDiesBetweenLeavesThePreviousSweep() throws IOException {
    Path previous = file("rows.previous", "linux");
    SweepFolder.write(folder.resolve("sweep.json"), report(true));
    assertThat(begin("20 tries")).isFalse();
    assertThat(previous).exists();
  }
}
