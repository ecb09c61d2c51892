package dev.alig.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.benchmark.RaceResult.Timing;
import dev.alig.benchmark.Turns.Pace;
import dev.alig.benchmark.Worker.Plan;
import dev.alig.python.PythonEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final PythonEnvironment ENVIRONMENT = PythonEnvironment.prepare(System.err);
  private static final JsonProcess PYTHON =
      new JsonProcess("the Python process", ENVIRONMENT.command(List.of("-m", OnTorch.MODULE)));

  @AfterAll
  static void close() {
    PYTHON.close();
  }

  @Test
  void answersWithTheRunAndThenEachRace() throws IOException {
    List<Contender> who = List.of(Contender.OURS, Contender.PROBE);
    Race first = new Race(Setting.base(1000), who);
    Race second = new Race(Setting.base(10).inDouble().withBall(), who);
    Plan plan = new Plan(List.of(first, second), false, new Pace(2, 0.001, 0.001), "");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Worker.run(JSON.readValue(JSON.writeValueAsString(plan), Plan.class), new PrintStream(bytes));
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(3);
    Run run = JSON.readValue(lines.get(0), Run.class);
    assertThat(run.jdk()).isEqualTo(Runtime.version().feature());
    assertThat(run.versions()).containsOnlyKeys("nd4j", "tensorflow");
    assertThat(run.versions().values()).allMatch(version -> version.matches("\\d.*"));
    RaceResult result = JSON.readValue(lines.get(2), RaceResult.class);
    assertThat(result.setting()).isEqualTo(second.setting());
    assertThat(result.timings()).extracting(Timing::contender).isEqualTo(who);
    assertThat(result.timings())
        .allSatisfy(
            timing ->
                assertThat(timing.micros()).hasSize(2).allSatisfy(m -> assertThat(m).isPositive()));
  }

  @Test
  void torchRaces() {
    Race race = new Race(Setting.base(10), List.of(Contender.TORCH, Contender.OURS));
    RaceResult result = race.run(new Pace(2, 0.001, 0.001), Optional.of(PYTHON));
    assertThat(result.ratios()).containsOnlyKeys("torch / ours on ND4J");
  }

  @Test
  void torchTakesTheStepsThatWeTake() {
    Setting setting = Setting.base(1000).inDouble().withBall();
    try (Stepper torch = new OnTorch(PYTHON, setting, 10);
        Stepper ours = Contender.OURS.open(setting)) {
      // One step counts, after one that does not.
      torch.run(1e-9);
      ((Stepper.InJvm) ours).step();
      ((Stepper.InJvm) ours).step();
      // Norms of 1000 elements differ by 1000 u at most, and steps by as much of the 0.01 they
      // move.
      assertThat(torch.parameters()).containsExactly(ours.parameters(), within(1e-13));
    }
  }

  @Test
  void theProcessRefusesNonsenseAndGoesOn() {
    assertThatThrownBy(() -> PYTHON.ask(Map.of("ask", "run", "id", 0, "seconds", 1)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("the Python process: id 0 is not open; open are [");
    assertThat(PYTHON.ask(Map.of("ask", "hello", "threads", 1)).path("torch").asText())
        .isNotEmpty();
  }

  @Test
  void aProcessThatEndedIsAnError() {
    ProcessBuilder builder = ENVIRONMENT.command(List.of("-c", "import sys; sys.exit(3)"));
    try (JsonProcess gone = new JsonProcess("it", builder)) {
      assertThatThrownBy(() -> gone.ask(Map.of()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("it ended with status 3");
    }
  }

  @Test
  void anAnswerThatIsNoObjectIsAnError() {
    ProcessBuilder builder = ENVIRONMENT.command(List.of("-c", "print('{\"half\": ')"));
    try (JsonProcess odd = new JsonProcess("it", builder)) {
      assertThatThrownBy(odd::read)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("it ended with status 0");
    }
  }

  @Test
  void aProgramThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> new JsonProcess("it", new ProcessBuilder("no-such-program")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("it cannot be started: ");
  }
}
