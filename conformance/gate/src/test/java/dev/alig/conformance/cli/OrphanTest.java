package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a run started does not outlive it, even if the run is killed outright. */
@Execution(ExecutionMode.CONCURRENT)
class OrphanTest {
  @TempDir private Path folder;

  private Process conform(String... arguments) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java, "-cp", System.getProperty("java.class.path"), Conform.class.getName());
    builder.command().addAll(List.of(arguments));
    builder.command().addAll(List.of("--out", folder.resolve("report").toString()));
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
  }

  @Test
  void workersEndWithTheRun() throws Exception {
    Process run = conform("--oracle", "exact", "--subject", "nd4j", "--tries", "1000000");
    while (run.isAlive() && run.descendants().findAny().isEmpty()) {
      Thread.sleep(50);
    }
    List<ProcessHandle> workers = run.descendants().toList();
    run.destroyForcibly();
    assertThat(workers).isNotEmpty();
    for (ProcessHandle worker : workers) {
      worker.onExit().get(60, TimeUnit.SECONDS);
    }
  }
}
