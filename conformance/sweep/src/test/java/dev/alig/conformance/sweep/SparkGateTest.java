package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alig.conformance.FaultyPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Blocks as tasks of a Spark in a process of its own, with two tasks at a time.
 *
 * <p>Each test mostly waits for processes.
 */
@Execution(ExecutionMode.CONCURRENT)
class SparkGateTest {
  /** A task that fails would run four times. */
  private static final String MASTER = "local[2,4]";

  private static final SparkJars BUILT =
      new SparkJars(Optional.empty(), Path.of("../cluster/target/classpath.txt"));

  private static final List<String> DIFFERENT_EACH_TIME =
      List.of("duration_s", "finished_at", "seconds", "steps_per_s");

  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private PrintStream print() {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private int onSpark(String master, SparkJars jars, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--spark", master));
    all.addAll(Arrays.asList(arguments));
    all.addAll(List.of("--out", folder.resolve("spark").toString()));
    return SparkGate.run(print(), jars, all.toArray(String[]::new));
  }

  private JsonNode report(String name) throws IOException {
    return new JsonMapper().readTree(folder.resolve(name).resolve("report.json").toFile());
  }

  private JsonNode requirement(String id) throws IOException {
    for (JsonNode requirement : report("spark").path("subjects").path(0).path("requirements")) {
      if (requirement.path("id").asText().equals(id)) {
        return requirement;
      }
    }
    throw new AssertionError("the report lacks " + id + ": " + report("spark"));
  }

  private static JsonNode withoutTimes(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(DIFFERENT_EACH_TIME);
    }
    node.forEach(SparkGateTest::withoutTimes);
    return node;
  }

  @Test
  void theReportIsThatOfOneMachine() throws Exception {
    String[] run = {
      "--oracle",
      "exact",
      "--subject",
      "nd4j",
      "--subject",
      "tensorflow",
      "--tries",
      "20",
      "--only",
      "CAP",
      "--only",
      "PROJECTION",
      "--only",
      "MOMENTUM_STANDARD"
    };
    assertThat(onSpark(MASTER, BUILT, run)).as(printed()).isZero();
    assertThat(onOneMachine(run)).isZero();
    assertThat(withoutTimes(report("spark"))).isEqualTo(withoutTimes(report("one")));
    assertThat(printed()).contains("nd4j            1/").contains("verdict: conforms");
  }

  private int onOneMachine(String... run) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("dev.alig.conformance.cli.Conform");
    command.addAll(Arrays.asList(run));
    command.addAll(List.of("--workers", "1", "--out", folder.resolve("one").toString()));
    return Child.run(new ProcessBuilder(command), folder.resolve("one.log"), Child.LONG);
  }

  @Test
  void aChildThatDiesIsReportedAndNotRunAgain() throws IOException {
    Path oracle = FaultyPackage.write(folder.resolve("oracle"), "none", Map.of(20, "kill_once"));
    String[] run = {
      "--oracle",
      oracle.toString(),
      "--subject",
      "nd4j",
      "--tries",
      "30",
      "--only",
      "BRIDGE",
      "--only",
      "CAP",
      "--only",
      "STEP_SIZE"
    };
    assertThat(onSpark(MASTER, BUILT, run)).as(printed()).isEqualTo(2);
    Path out = folder.resolve("spark");
    assertThat(report("spark").path("verdict").asText()).isEqualTo("broken");
    assertThat(report("spark").path("reason").asText())
        .contains("the worker was killed by signal 9")
        .contains("nd4j was in capLimitsTheStepSize")
        .contains("case    ")
        .contains("ci/conform --traces " + out.resolve("failures/nd4j-CAP/case.jsonl"));
    assertThat(out.resolve("failures/nd4j-CAP/case.jsonl")).exists();
    assertThat(requirement("BRIDGE").path("cases").asInt()).isEqualTo(4 * 30);
    assertThat(requirement("CAP").path("verdict").asText()).isEqualTo("broken");
    // The block after the lost one, by another process.
    assertThat(requirement("STEP_SIZE").path("cases").asInt()).isEqualTo(30);
  }

  @Test
  void aBrokenBridgeIsToldToTheOtherTasks() throws IOException {
    Path oracle =
        FaultyPackage.write(folder.resolve("oracle"), "swap_bytes_on_the_way_out", Map.of());
    String[] run = {
      "--oracle",
      oracle.toString(),
      "--subject",
      "nd4j",
      "--tries",
      "5",
      "--only",
      "BRIDGE",
      "--only",
      "CAP"
    };
    assertThat(onSpark(MASTER, BUILT, run)).as(printed()).isEqualTo(2);
    assertThat(report("spark").path("reason").asText()).startsWith("nd4j, BRIDGE: ");
    assertThat(requirement("CAP").path("verdict").asText()).isEqualTo("inapplicable");
  }

  @Test
  void anUnknownMasterIsNamed() throws IOException {
    String[] run = {"--oracle", "exact", "--subject", "nd4j", "--only", "CAP", "--tries", "1"};
    assertThat(onSpark("nonsense", BUILT, run)).isEqualTo(2);
    assertThat(report("spark").path("reason").asText())
        .startsWith("Spark cannot be started with the master nonsense: ")
        .contains("Could not parse Master URL: 'nonsense'");
  }

  @Test
  void withoutSparkNothingStarts() {
    String[] run = {"--oracle", "exact", "--subject", "nd4j", "--only", "CAP", "--tries", "1"};
    assertThat(onSpark(MASTER, new SparkJars(Optional.of(folder), folder), run)).isEqualTo(2);
    assertThat(onSpark(MASTER, new SparkJars(Optional.empty(), folder.resolve("x")), run))
        .isEqualTo(2);
    assertThat(folder.resolve("spark/report.json")).doesNotExist();
  }

  @Test
  void theNumberOfWorkersIsTheClusters() {
    assertThat(onSpark(MASTER, BUILT, "--oracle", "exact", "--workers", "2")).isEqualTo(2);
  }

  @Test
  void aSettingOfSparkHasANameAndAValue() {
    assertThat(onSpark(MASTER, BUILT, "--oracle", "exact", "--spark-conf", "spark.ui.enabled"))
        .isEqualTo(2);
  }

  /** Spark's driver, the task's process, and its worker. */
  @Test
  void allProcessesEndWithARunThatIsKilled() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            KilledRun.class.getName(),
            folder.resolve("spark").toString());
    Process run =
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
    while (run.isAlive() && run.descendants().count() < 3) {
      Thread.sleep(50);
    }
    List<ProcessHandle> all = run.descendants().toList();
    run.destroyForcibly();
    assertThat(all).as(Files.readString(folder.resolve("log"))).hasSizeGreaterThanOrEqualTo(3);
    for (ProcessHandle process : all) {
      process.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  /** A run that takes long. */
  static final class KilledRun {
    private KilledRun() {}

    public static void main(String[] arguments) {
      SparkGate.run(
          System.out,
          BUILT,
          "--spark",
          MASTER,
          "--oracle",
          "exact",
          "--subject",
          "nd4j",
          "--only",
          "CAP",
          "--tries",
          "1000000",
          "--out",
          arguments[0]);
    }
  }
}
