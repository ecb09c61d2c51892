package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.FaultyPackage;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.judge.Replay;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.subjects.Nd4jSubject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever an oracle does, the run ends with a verdict that blames the oracle, the case that did
 * it, and what was found before.
 *
 * <p>Each test mostly waits for a process of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class ContainmentTest {
  /** More steps than one batch of the judge has, and fewer than a property has. */
  private static final int STEP = 20;

  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Path report() {
    return folder.resolve("report");
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private int conform(String... arguments) {
    return conformInto(report(), arguments);
  }

  private int conformInto(Path out, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", out.toString()));
    PrintStream print = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return Conform.run(print, all.toArray(String[]::new));
  }

  /** One subject, unless others are asked for, since the faults are the oracle's. */
  private int conformWith(Map<Integer, String> faults, String... arguments) throws IOException {
    Path oracle = FaultyPackage.write(folder.resolve("oracle"), "none", faults);
    List<String> all = new ArrayList<>(List.of("--oracle", oracle.toString(), "--tries", "30"));
    all.addAll(List.of("--subject", "nd4j"));
    all.addAll(List.of(arguments));
    return conform(all.toArray(String[]::new));
  }

  private JsonNode reportJson() throws IOException {
    return new JsonMapper().readTree(report().resolve("report.json").toFile());
  }

  private JsonNode requirement(String id) throws IOException {
    return requirement("nd4j", id);
  }

  private JsonNode requirement(String subject, String id) throws IOException {
    for (JsonNode reported : reportJson().path("subjects")) {
      for (JsonNode requirement : reported.path("requirements")) {
        if (reported.path("name").asText().equals(subject)
            && requirement.path("id").asText().equals(id)) {
          return requirement;
        }
      }
    }
    throw new AssertionError("the report lacks " + id + ": " + reportJson());
  }

  /**
   * BRIDGE takes no step and comes first, so that the fault comes in CAP. {@link WorkerExitTest}
   * has the other ways to end.
   */
  @ParameterizedTest
  @CsvSource({
    "segfault,     the worker crashed in native code: SIGSEGV",
    "hang,         'the worker hung: it was silent for 60 s (--timeout) and has been ended'",
    "exhaust_java, the worker's JVM ran out of memory (it has -Xmx2g)"
  })
  void aFaultThatEndsTheWorkerNamesItsCase(String fault, String message) throws IOException {
    // On a busy machine the others may be silent for long as well.
    String timeout = fault.equals("hang") ? "60" : "120";
    int status =
        conformWith(Map.of(STEP, fault), "--only", "BRIDGE", "--only", "CAP", "--timeout", timeout);

    assertThat(status).as(printed()).isEqualTo(2);
    assertThat(reportJson().path("verdict").asText()).isEqualTo("broken");
    assertThat(reportJson().path("reason").asText())
        .contains(message)
        .contains("nd4j was in capLimitsTheStepSize")
        .contains("case    ")
        .contains("ci/conform --traces");
    assertThat(printed()).contains(message);
    assertThat(requirement("BRIDGE").path("verdict").asText()).isEqualTo("conforms");
    assertThat(requirement("BRIDGE").path("cases").asInt()).isEqualTo(4 * 30);
    assertThat(TraceFile.read(report().resolve("failures/nd4j-CAP/case.jsonl")))
        .singleElement()
        .satisfies(ContainmentTest::conforms);
  }

  /** The semantics of TF1 refuse each case, so that the oracle takes no step beside it. */
  @Test
  void aFaultThatEndsOneWorkerLeavesTheOthersTheirFindings() throws IOException {
    int status =
        conformWith(
            Map.of(STEP, "kill"),
            "--workers",
            "2",
            "--subject",
            "tensorflow-tf1",
            "--only",
            "MOMENTUM_STANDARD");

    assertThat(status).as(printed()).isEqualTo(2);
    assertThat(reportJson().path("reason").asText())
        .contains("the worker was killed by signal 9 (SIGKILL, which the system sends when memory")
        .contains("nd4j was in standardMomentumMatchesTheOracle")
        .doesNotContain("tensorflow-tf1");
    JsonNode other = requirement("tensorflow-tf1", "MOMENTUM_STANDARD");
    assertThat(other.path("verdict").asText()).isEqualTo("inapplicable");
    assertThat(other.path("inapplicable").asInt()).isEqualTo(30);
  }

  /** As a replay judges it, which the supervised process would need its seconds for. */
  private static void conforms(Recorded recorded) {
    Nd4jSubject subject = new Nd4jSubject();
    assertThat(Replay.compare(recorded, subject)).isInstanceOf(Verdict.Agrees.class);
    assertThat(new Judge(new ExactOracle()).compare(recorded.scripted(), subject))
        .isInstanceOf(Verdict.Agrees.class);
  }

  /** The cases conform with a sound oracle, so that they were none of the optimizer's doing. */
  private void assertReplays(Path cases) {
    bytes.reset();
    Path out = folder.resolve("replayed");
    assertThat(conformInto(out, "--oracle", "exact", "--traces", cases.toString()))
        .as(printed())
        .isZero();
  }

  /** One run, since each fault breaks the property it comes in and leaves the next to the next. */
  @Test
  void aFaultThatTheWorkerSurvivesBreaksOneRequirement() throws IOException {
    Map<String, String> faults = new TreeMap<>();
    faults.put("throw", "raised RuntimeError: a planted fault");
    faults.put("call_exit", "the package raised SystemExit(3) to end the process");
    faults.put("exhaust_python", "Python ran out of memory");
    faults.put("answer_no_json", "the oracle corrupted its output: the answer is not JSON: Bus");
    faults.put("answer_nothing", "the oracle corrupted its output: a text was expected, was null");
    faults.put("answer_too_few", "the oracle corrupted its output: ");
    faults.put(
        "leave_out_a_step", "the oracle corrupted its output: step sizes of 0 steps in case");
    faults.put("add_step_size", " step sizes for ");
    faults.put("drop_step_size", " step sizes for ");
    faults.put("write_nothing", "of case");
    faults.put("write_too_much", "the oracle corrupted its output: byte 0 beyond the end of case");
    // What a package prints breaks nothing.
    Map<Integer, String> plan = new TreeMap<>(Map.of(1, "make_noise"));
    faults.keySet().forEach(fault -> plan.put(STEP * plan.size(), fault));
    List<String> requirements =
        List.of(
            "STEP_SIZE",
            "CAP",
            "GROUPS",
            "EPS",
            "LOSS_KIND",
            "SIGN_OF_LOSS",
            "UPDATE_PLAIN",
            "MOMENTUM_STANDARD",
            "MOMENTUM_ADJUSTED",
            "ABSENT_GRADIENT",
            "NO_GRADIENT",
            "NON_FINITE_LOSS",
            "NON_FINITE_GRADIENT",
            "PROJECTION");
    // The plan counts the steps of one process.
    List<String> arguments = new ArrayList<>(List.of("--workers", "1"));
    requirements.forEach(requirement -> arguments.addAll(List.of("--only", requirement)));

    int status = conformWith(plan, arguments.toArray(String[]::new));

    assertThat(status).as(printed()).isEqualTo(2);
    List<String> messages = new ArrayList<>();
    for (String id : requirements) {
      if (requirement(id).path("verdict").asText().equals("broken")) {
        messages.add(requirement(id).path("message").asText());
        assertThat(report().resolve("failures").resolve("nd4j-" + id)).exists();
      }
    }
    assertThat(messages).hasSameSizeAs(faults.values());
    assertThat(faults.values())
        .allSatisfy(part -> assertThat(messages).anySatisfy(m -> assertThat(m).contains(part)));
    assertThat(messages).allSatisfy(message -> assertThat(message).contains("in case "));
    assertReplays(report().resolve("failures"));
  }

  @Test
  void aBridgeThatChangesBitsIsNotBlamedOnTheSubject() throws IOException {
    Path oracle =
        FaultyPackage.write(folder.resolve("oracle"), "swap_bytes_on_the_way_out", Map.of());
    int status =
        conform(
            "--oracle",
            oracle.toString(),
            "--subject",
            "nd4j",
            "--tries",
            "30",
            "--only",
            "BRIDGE",
            "--only",
            "CAP");
    assertThat(status).as(printed()).isEqualTo(2);
    assertThat(reportJson().path("reason").asText()).startsWith("nd4j, BRIDGE: ");
    assertThat(requirement("BRIDGE").path("verdict").asText()).isEqualTo("broken");
    assertThat(requirement("CAP").path("verdict").asText()).isEqualTo("inapplicable");
  }

  @Test
  void anOracleWithoutPythonHasNoBridge() throws IOException {
    int status = conform("--oracle", "exact", "--tries", "3", "--only", "BRIDGE", "--only", "CAP");
    assertThat(status).as(printed()).isZero();
    assertThat(requirement("BRIDGE").path("verdict").asText()).isEqualTo("inapplicable");
  }

  @Test
  void aTimeoutThatIsNoneExitsWithTwo() {
    assertThat(conform("--oracle", "exact", "--timeout", "0")).isEqualTo(2);
  }
}
