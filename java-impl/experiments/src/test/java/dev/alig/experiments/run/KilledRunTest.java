package dev.alig.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs in processes of their own, which are killed or have no room on their disk. */
@Execution(ExecutionMode.CONCURRENT)
@DisabledOnOs(OS.WINDOWS)
class KilledRunTest {
  private static final Path RUN = Path.of("valley-row1-seed1");

  /** Of five steps each. */
  private static final String LENGTH = "--epochs 100";

  @TempDir private Path folder;

  /** The command on the valley, in another process. */
  public static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      System.exit(ExperimentCommand.run(System.out, List.of(new Valley()), arguments));
    }
  }

  private ProcessBuilder command(String prefix, Path out, String more) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String command =
        "%s exec %s -XX:-UsePerfData -cp '%s' '%s' valley --row 1 --out %s %s"
            .formatted(
                prefix,
                java,
                System.getProperty("java.class.path"),
                Main.class.getName(),
                out,
                more);
    return new ProcessBuilder("sh", "-c", command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log.txt").toFile());
  }

  @Test
  void aKilledRunGoesOnBitForBit() throws IOException, InterruptedException {
    Path whole = folder.resolve("whole");
    Path cut = folder.resolve("cut");
    assertThat(command("", whole, LENGTH).start().waitFor()).isZero();
    Process killed = command("", cut, LENGTH).start();
    Path checkpoint = cut.resolve(RUN).resolve("checkpoint.zip");
    while (killed.isAlive() && !Files.exists(checkpoint)) {
      Thread.sleep(1);
    }
    killed.destroyForcibly().waitFor();
    assertThat(killed.exitValue()).as("it was killed before its end").isNotZero();
    assertThat(Checkpoint.read(checkpoint).progress().steps()).isLessThan(500);
    assertThat(command("", cut, LENGTH + " --resume").start().waitFor()).isZero();
    assertThat(cut.resolve(RUN).resolve("steps.csv"))
        .hasSameTextualContentAs(whole.resolve(RUN).resolve("steps.csv"));
    assertThat(Checkpoint.read(checkpoint).current().arrays().get("x"))
        .isEqualTo(
            Checkpoint.read(whole.resolve(RUN).resolve("checkpoint.zip"))
                .current()
                .arrays()
                .get("x"));
  }

  /** A limit on the size of a file stands for a full disk: writing fails in the same place. */
  @Test
  void aFullDiskEndsARunWithItsLastCheckpointWhole() throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    int status = command("ulimit -f 48;", out, LENGTH).start().waitFor();
    String log = Files.readString(folder.resolve("log.txt"));
    assertThat(status).as(log).isEqualTo(2);
    Optional<String> error = log.lines().filter(line -> line.startsWith("ci/experiment")).findAny();
    assertThat(error.orElse(log))
        .startsWith("ci/experiment: " + out.resolve(RUN) + " cannot be written: ")
        .endsWith("make room, then go on by --resume from the last checkpoint");
    Checkpoint last = Checkpoint.read(out.resolve(RUN).resolve("checkpoint.zip"));
    assertThat(last.progress().steps()).isBetween(5L, 495L);
    assertThat(command("", out, LENGTH + " --resume").start().waitFor()).isZero();
  }
}
