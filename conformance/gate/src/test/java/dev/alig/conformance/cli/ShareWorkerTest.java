package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.run.Block;
import dev.alig.conformance.run.ConformanceSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a machine of a cluster may lack. The tests of the sweep run shares on Spark. */
@Execution(ExecutionMode.CONCURRENT)
class ShareWorkerTest {
  @TempDir private Path folder;

  /** What a share says that ends with status 2, if a switch of {@code java} is another. */
  private String refusal(String instead) throws IOException, InterruptedException {
    List<Block> blocks = List.of(new Block("nd4j", "capLimitsTheStepSize", 0));
    ConformanceSettings settings =
        new ConformanceSettings("bundled", List.of(), 1, 1, Set.of(), folder.resolve("out"));
    BlockRun run =
        new BlockRun(
            settings, blocks, true, Duration.ofMinutes(2), List.of(), event -> {}, event -> {});
    List<String> arguments =
        run.arguments(
            run.shares().get(0), folder.toString(), System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    command.add(command.indexOf("-cp"), instead);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(2);
    return said;
  }

  @Test
  void aMachineWithoutThePythonEnvironmentBuildsNone() throws Exception {
    Path cache = folder.resolve("cache");
    assertThat(refusal("-Dpython.cache=" + cache))
        .contains("this machine lacks the Python environment of the run in " + cache)
        .contains("run ci/conform once on it");
  }

  @Test
  void aMachineWithAnotherBuildIsRefused() throws Exception {
    assertThat(refusal("-D%s=0".formatted(ShareWorker.KIT)))
        .contains("this machine has another build of the conformance kit");
  }
}
