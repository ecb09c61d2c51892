package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerLogTest {
  @TempDir private Path folder;

  private WorkerLog log(byte[] content) throws IOException {
    return new WorkerLog(Files.write(folder.resolve("worker.log"), content));
  }

  @Test
  void theTailIsTheLastLines() throws IOException {
    WorkerLog log = log("x\n".repeat(100_000).concat("last\n").getBytes(StandardCharsets.UTF_8));
    assertThat(log.tail().lines()).hasSize(12).endsWith("x", "last");
  }

  @Test
  void whatIsNoTextDoesNotReachATerminal() throws IOException {
    WorkerLog log = log(new byte[] {'a', (byte) 0xFF, 0, 27, '[', '2', 'J', 'b', '\n'});
    assertThat(log.tail()).isEqualTo("a�[2Jb");
  }

  @Test
  void aLineWithoutEndIsCut() throws IOException {
    assertThat(log(new byte[1 << 20]).tail()).hasSizeLessThan(400);
    assertThat(log("y".repeat(1 << 20).getBytes(StandardCharsets.UTF_8)).tail())
        .hasSizeLessThan(400);
  }

  @Test
  void theWordsOfTheJvmAboutItsCrashAreLeftOut() throws IOException {
    assertThat(log("before\n#\n# A fatal error\n".getBytes(StandardCharsets.UTF_8)).tail())
        .isEqualTo("before");
  }

  @Test
  void noLogIsEmpty() throws IOException {
    assertThat(new WorkerLog(folder.resolve("none")).tail()).isEmpty();
  }
}
