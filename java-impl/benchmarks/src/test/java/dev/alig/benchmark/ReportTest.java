package dev.alig.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.benchmark.RaceResult.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir private Path folder;

  private static Report report(double load) {
    Map<String, String> versions = Map.of("torch", "2.15.0", "nd4j", "1.0");
    List<RaceResult> races =
        List.of(
            race(Setting.base(1000), 1),
            race(Setting.base(1_000_000), 1000),
            race(Setting.base(1000).withBall(), 3));
    Run run = new Run(25, "Some VM 25", 2, "vector: something", versions, races, List.of());
    return new Report(
        "2026-11-25T10:00:00Z", "ci/benchmark --rounds 3", "Some CPU", load, List.of(run));
  }

  private static RaceResult race(Setting setting, double scale) {
    return new RaceResult(
        setting,
        List.of(
            timing(Contender.TORCH, scale, 80, 120, 90),
            timing(Contender.OURS, scale, 2, 4, 1),
            timing(Contender.PROBE, scale, 2, 2, 2)));
  }

  private static Timing timing(
      Contender contender, double scale, double first, double second, double third) {
    return new Timing(contender, List.of(first * scale, second * scale, third * scale));
  }

  @Test
  void readersOfTheJsonFindSamplesQuartilesAndRatios() throws IOException {
    report(0.5).write(folder);
    JsonNode json = new JsonMapper().readTree(folder.resolve("benchmark.json").toFile());
    JsonNode race = json.at("/runs/0/races/0");
    assertThat(race.at("/setting/n").asInt()).isEqualTo(1000);
    assertThat(race.at("/timings/1/contender").asText()).isEqualTo("ours");
    assertThat(race.at("/timings/1/micros/1").asDouble()).isEqualTo(4);
    assertThat(race.at("/timings/1/quartiles/median").asDouble()).isEqualTo(2);
    JsonNode ratio = race.path("ratios").path("torch / ours on ND4J");
    assertThat(ratio.path("q1").asDouble()).isEqualTo(35);
    assertThat(ratio.path("median").asDouble()).isEqualTo(40);
    assertThat(ratio.path("q3").asDouble()).isEqualTo(65);
    assertThat(json.at("/machine").asText()).isEqualTo("Some CPU");
    assertThat(json.at("/load").asDouble()).isEqualTo(0.5);
  }

  @Test
  void theMarkdownHasWhatWasMeasuredAndWhere() throws IOException {
    report(0.25).write(folder);
    assertThat(Files.readString(folder.resolve("benchmark.md")))
        .isEqualTo(
            """
            `ci/benchmark --rounds 3` on 2026-11-25T10:00:00Z. Some CPU; nd4j 1.0, torch 2.15.0. \
            Load average 0.3 at the start.

            **JDK 25, 2 threads, FLOAT**

            | µs per step, median  |          1,000 |      1,000,000 |
            | -------------------- | -------------: | -------------: |
            | torch                |           90.0 |         90,000 |
            | ours on ND4J         |           2.00 |          2,000 |
            | probe                |           2.00 |          2,000 |
            | torch / ours on ND4J |     40 (35–65) |     40 (35–65) |
            | ours on ND4J / probe | 1.0 (0.75–1.5) | 1.0 (0.75–1.5) |

            **JDK 25, 2 threads, FLOAT, with projection**

            | µs per step, median  |          1,000 |
            | -------------------- | -------------: |
            | torch                |            270 |
            | ours on ND4J         |           6.00 |
            | probe                |           6.00 |
            | torch / ours on ND4J |     40 (35–65) |
            | ours on ND4J / probe | 1.0 (0.75–1.5) |

            Kernel: vector: something.
            """);
  }

  @Test
  void aBusyMachineIsSaidToHaveBeenBusy() {
    assertThat(report(0).markdown()).doesNotContain("busy");
    assertThat(report(1000).markdown()).contains("**The machine was busy: these figures flatter");
  }

  @Test
  void aReportBeginsHereAndNow() throws IOException {
    Report begun = Report.begin("ci/benchmark");
    assertThat(begun.machine()).contains(" cores, ").contains(System.getProperty("os.name"));
    assertThat(begun.runs()).isEmpty();
  }
}
