package dev.alig.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that start together, and builds that are killed, as real processes. */
final class SetUpProcessTest {
  @TempDir Path folder;
  private Path index = Path.of("");

  @BeforeEach
  void makeIndex() throws IOException {
    index = TinyIndex.in(folder.resolve("index"));
  }

  @Test
  void twoBuildsAtOnceSetUpOnceAndTheOtherSaysThatItWaits() throws Exception {
    Process first = start();
    Process second = start();
    CompletableFuture<Java.Ended> firstEnd = CompletableFuture.supplyAsync(() -> end(first));
    Java.Ended secondEnded = end(second);
    Java.Ended firstEnded = firstEnd.get();
    List<String> both =
        Stream.concat(firstEnded.lines().stream(), secondEnded.lines().stream()).toList();
    assertThat(List.of(firstEnded.status(), secondEnded.status())).containsOnly(0);
    assertThat(both).filteredOn(line -> line.startsWith("python: creating a Python")).hasSize(1);
    assertThat(both).anyMatch(line -> line.startsWith("python: waiting for process "));
    assertThat(last(firstEnded)).isEqualTo(last(secondEnded)).startsWith("home=");
  }

  @Test
  void aSetUpKilledAtSeveralStagesIsFinishedByTheNextBuild() throws Exception {
    killAt("creating a Python");
    killAt("installing the packages");
    killAt("compiling Jep");
    Java.Ended next = end(start());
    assertThat(next.status()).isZero();
    assertThat(next.lines())
        .anyMatch(line -> line.startsWith("python: removing an unfinished set-up: "));
    assertThat(last(next)).startsWith("home=");
  }

  /** Killed while it works, pip leaves what it fetched. */
  @Test
  void aKilledInstallationLeavesNothingOutsideItsFolder() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Process process = start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.lines().anyMatch(line -> line.contains("installing the packages"))).isTrue();
      awaitScratch();
      process.destroyForcibly().waitFor();
    }
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(end(start()).status()).isZero();
    assertThat(scratch()).isEmpty();
  }

  private void awaitScratch() throws Exception {
    for (int wait = 0; scratch().isEmpty() && wait < 200; wait++) {
      Thread.sleep(20);
    }
    assertThat(scratch()).isNotEmpty();
  }

  /** What pip makes for itself alone. */
  private List<Path> scratch() throws IOException {
    try (Stream<Path> found =
        Files.find(folder, 9, (path, is) -> path.getFileName().toString().startsWith("pip-"))) {
      return found.filter(path -> path.toString().contains("scratch")).toList();
    }
  }

  private void killAt(String stage) throws Exception {
    Process process = start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      assertThat(out.lines().anyMatch(line -> line.contains(stage))).isTrue();
      process.destroyForcibly().waitFor();
    }
  }

  private Process start() throws IOException {
    return Java.start(
        List.of(), TinyPrepare.class, folder.resolve("cache").toString(), index.toString());
  }

  private static Java.Ended end(Process process) {
    try {
      return Java.end(process);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String last(Java.Ended ended) {
    return ended.lines().get(ended.lines().size() - 1);
  }
}
