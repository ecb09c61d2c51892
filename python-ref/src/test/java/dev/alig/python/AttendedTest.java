package dev.alig.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build started does not outlive it. */
final class AttendedTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there a process does not learn of its parent")
  void aModuleAndWhatItStartedEndWithTheBuild(boolean outright) throws Exception {
    Process build =
        Java.start(List.of(), LongModule.class, interpreter().toString(), folder.toString());
    List<ProcessHandle> started = awaitTwo(build);
    if (outright) {
      build.destroyForcibly();
    } else {
      build.destroy();
    }
    for (ProcessHandle child : started) {
      child.onExit().get(10, TimeUnit.SECONDS);
    }
    assertThat(started).hasSize(2).noneMatch(ProcessHandle::isAlive);
  }

  /** The module, and the process that it starts. */
  private static List<ProcessHandle> awaitTwo(Process build) throws InterruptedException {
    List<ProcessHandle> found = build.descendants().toList();
    for (int wait = 0; found.size() < 2 && wait < 300; wait++) {
      Thread.sleep(100);
      found = build.descendants().toList();
    }
    return found;
  }

  @Test
  void aModuleRunsAsByItself() throws Exception {
    Pip pip = new Pip(new Shell(System.getenv()), line -> {}, folder.resolve("log"));
    String asks = "import sys; print(sys.argv, sys.flags.isolated, sys.stdin.read() == '')";
    Shell.Result result =
        pip.follow(
            "asking",
            interpreter(),
            List.of("timeit", "-n", "1", "-r", "1", asks),
            folder,
            Map.of());
    assertThat(result.status()).isZero();
    assertThat(result.lines().get(0)).contains("timeit.py', '-n', '1'").endsWith("] 1 True");
  }

  private static Path interpreter() {
    return new Interpreters(new Shell(System.getenv()))
        .find(Requests.tiny(Path.of(""), Path.of("")).python())
        .executable();
  }
}
