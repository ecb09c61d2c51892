package dev.alig.benchmark.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Momentum;
import dev.alig.benchmark.contender.Setting;
import dev.alig.conformance.DType;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.Progress;
import dev.alig.python.PythonEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final PythonEnvironment PYTHON =
      PythonEnvironment.prepare(EnvironmentRequest.fromSystem(), Progress.to(System.err));
  private static final Twin TWIN = new Twin(PYTHON.python(), PYTHON.sources());

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    TWIN.close();
  }

  @Test
  void writesFactsAndThenEachRace() throws IOException {
    List<Contender> who = List.of(Contender.TORCH, Contender.OURS, Contender.PROBE);
    Race first = new Race(Setting.base(1000), who);
    Race second = new Race(new Setting(10, DType.DOUBLE, Momentum.ADJUSTED, true), who);
    Plan plan =
        new Plan(
            List.of(first, second),
            new Pace(2, 0.001, 0.001),
            PYTHON.python().toString(),
            PYTHON.sources().toString());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Worker.run(JSON.readValue(JSON.writeValueAsString(plan), Plan.class), new PrintStream(bytes));
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(3);
    Facts facts = JSON.readValue(lines.get(0), Facts.class);
    assertThat(facts.jdk()).isEqualTo(Runtime.version().feature());
    assertThat(facts.versions()).containsKeys("torch", "numpy", "nd4j", "tensorflow", "alig");
    assertThat(facts.versions().values()).noneMatch(version -> version.contains("$"));
    RaceResult result = JSON.readValue(lines.get(2), RaceResult.class);
    assertThat(result.setting()).isEqualTo(second.setting());
    assertThat(result.timings()).extracting(Timing::contender).isEqualTo(who);
    assertThat(result.timings())
        .allSatisfy(
            timing ->
                assertThat(timing.micros()).hasSize(2).allSatisfy(m -> assertThat(m).isPositive()));
  }

  @Test
  void torchTakesTheStepsThatWeTake() {
    for (Momentum momentum : Momentum.values()) {
      Setting setting = new Setting(1000, DType.DOUBLE, momentum, true);
      try (InPython torch = new InPython(TWIN, setting, 10);
          var ours = Contender.OURS.open(setting)) {
        // One step counts, after one that does not.
        torch.run(1e-9);
        ours.step();
        ours.step();
        // Norms of 1000 elements differ by 1000 u at most, and steps by as much of the 0.01 they
        // move.
        assertThat(torch.parameters()).containsExactly(ours.parameters(), within(1e-13));
      }
    }
  }

  @Test
  void theProcessRefusesNonsenseAndGoesOn() {
    assertThatThrownBy(() -> TWIN.ask(Twin.question("run").put("id", 0).put("seconds", 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the Python process: id 0 is not open; open are [");
    assertThat(TWIN.ask(Twin.question("hello").put("threads", 1)).path("threads").intValue())
        .isEqualTo(1);
  }

  @Test
  void aProcessThatEndedIsAnError() {
    // There are no sources here.
    try (Twin twin = new Twin(PYTHON.python(), folder)) {
      assertThatThrownBy(() -> twin.ask(Twin.question("hello")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the Python process has ended with status 1");
    }
  }
}
