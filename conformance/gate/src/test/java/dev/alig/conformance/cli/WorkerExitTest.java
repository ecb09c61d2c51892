package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerExitTest {
  @TempDir private Path folder;

  private String of(int status) throws IOException {
    Path crashLog = folder.resolve("crash.log");
    return new WorkerExit(crashLog, new WorkerLog(folder.resolve("worker.log"))).of(status);
  }

  @ParameterizedTest
  @CsvSource({
    "0,   as if all were well",
    "1,   ended with status 1",
    "3,   ended with status 3",
    "134, signal 6 (SIGABRT)",
    "137, signal 9 (SIGKILL",
    "192, signal 64 (see kill -l)"
  })
  void aStatusIsPutInWords(int status, String words) throws IOException {
    assertThat(of(status)).contains(words);
  }

  @Test
  void aLackOfMemoryIsToldFromAnotherStatusThree() throws IOException {
    Files.writeString(
        folder.resolve("worker.log"), "Terminating due to java.lang.OutOfMemoryError: Java heap");
    assertThat(of(3)).contains("ran out of memory");
  }

  @Test
  void aCrashLogSaysWhatCrashed() throws IOException {
    Files.writeString(
        folder.resolve("crash.log"),
        """
        #
        # A fatal error has been detected by the Java Runtime Environment:
        #
        #  SIGSEGV (0xb) at pc=0x00007f, pid=1, tid=2
        #
        # Problematic frame:
        # C  [libfoo.so+0x1]
        #
        """);
    assertThat(of(134))
        .contains("crashed in native code: SIGSEGV (0xb) at pc=0x00007f, pid=1, tid=2")
        .contains("in C  [libfoo.so+0x1]");
  }
}
