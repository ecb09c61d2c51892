package dev.alig.benchmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Setting;
import dev.alig.benchmark.race.RaceResult;
import dev.alig.benchmark.race.Timing;
import dev.alig.benchmark.report.Report;
import dev.alig.benchmark.report.ReportFiles;
import dev.alig.benchmark.report.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a user meets it. */
class BenchmarkTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int benchmark(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--out", folder.toString()));
    return Benchmark.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        all.toArray(String[]::new));
  }

  private String complaint() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void measuresAndReports() throws IOException {
    int status =
        benchmark(
            "--quick", "--n", "10", "--only", "ours,probe", "--rounds", "2", "--threads", "1");
    assertThat(status).as(complaint()).isZero();
    Report report = ReportFiles.read(folder);
    assertThat(report.command()).startsWith("ci/benchmark --quick --n 10 --only ours,probe");
    assertThat(report.machine().cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(report.bridges()).isEmpty();
    assertThat(report.runs()).hasSize(1);
    Run run = report.runs().get(0);
    assertThat(run.facts().threads()).isEqualTo(1);
    assertThat(run.facts().jdk()).isEqualTo(Runtime.version().feature());
    assertThat(run.races()).extracting(RaceResult::setting).containsExactly(Setting.base(10));
    assertThat(run.races().get(0).timings())
        .extracting(Timing::contender)
        .containsExactly(Contender.OURS, Contender.PROBE);
    assertThat(folder.resolve("benchmark.md")).isNotEmptyFile();
    assertThat(folder.resolve("benchmark.png")).isNotEmptyFile();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(": 1 of 1 races")
        .contains("ours on ND4J / probe");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --only sgd      | there is no contender sgd; there are [torch, ours,
          --n 0           | n must be >= 1, was 0
          --rounds 0      | rounds must be >= 1, was 0
          --threads 0     | --threads must be in [1,
          --jdk nowhere   | nowhere is no JDK; name the folder that holds bin/java
          --quick --full  | --quick and --full exclude each other
          --n 2000000000  | name fewer with --only
          --n 7 --only torch-many | nobody of those in --only can step on these settings
          """)
  void aBadSwitchIsOneClearError(String switches, String message) {
    assertThat(benchmark(switches.split(" "))).isEqualTo(2);
    assertThat(complaint()).startsWith("ci/benchmark: ").contains(message);
    assertThat(complaint().lines()).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aNumberThatIsNoneShowsTheUsage() {
    assertThat(benchmark("--n", "many")).isEqualTo(2);
    assertThat(complaint()).contains("'many' is not an int").contains("Usage: ci/benchmark");
  }
}
