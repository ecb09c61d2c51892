package dev.alig.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.benchmark.RaceResult.Timing;
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
    Report report =
        new JsonMapper().readValue(folder.resolve("benchmark.json").toFile(), Report.class);
    assertThat(report.command()).startsWith("ci/benchmark --quick --n 10 --only ours,probe");
    assertThat(report.runs()).hasSize(1);
    Run run = report.runs().get(0);
    assertThat(run.threads()).isEqualTo(1);
    assertThat(run.jdk()).isEqualTo(Runtime.version().feature());
    assertThat(run.races()).extracting(RaceResult::setting).containsExactly(Setting.base(10));
    assertThat(run.races().get(0).timings())
        .extracting(Timing::contender)
        .containsExactly(Contender.OURS, Contender.PROBE);
    assertThat(folder.resolve("benchmark.md")).isNotEmptyFile();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(", race 1 of 1: FLOAT, n = 10")
        .contains("ours on ND4J / probe");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --only sgd      | it must be one of [torch, torch-many, op-by-op,
          --n 0           | n must be in [1, 100000000], was 0
          --n many        | 'many' is not an int
          --rounds 0      | rounds must be >= 1, was 0
          --threads 0     | --threads must be in [1,
          --jdk nowhere   | nowhere is no JDK; name the folder that holds bin/java
          -Dpython.evn=x  | -Dpython.evn: there are [python, python.env,
          --n 7 --only torch-many | nobody of those in --only can step on these settings
          """)
  void aBadSwitchIsOneClearError(String switches, String message) {
    assertThat(benchmark(switches.split(" "))).isEqualTo(2);
    assertThat(complaint()).startsWith("ci/benchmark: ").contains(message);
    assertThat(complaint().lines()).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }
}
