package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report of one whole run, changed in many ways and checked again; none needs Python. */
class RecheckTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;
  private static String report = "";

  private record Outcome(int status, String printed) {}

  private static Outcome conform(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    PrintStream error = System.err;
    System.setErr(out);
    try {
      int status = Conform.run(out, arguments);
      return new Outcome(status, bytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(error);
    }
  }

  @BeforeAll
  static void aConformingOptimizerExitsWithZero() throws IOException {
    Outcome outcome =
        conform(
            "--oracle", "exact", "--subject", "nd4j", "--tries", "3", "--out", folder.toString());
    assertThat(outcome.status).as(outcome.printed).isZero();
    assertThat(outcome.printed).contains("verdict: conforms", "MOMENTUM_STANDARD");
    assertThat(folder.resolve("report.html")).exists();
    report = Files.readString(folder.resolve("report.json"));
  }

  private static Outcome recheck(String text, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("checked.json"), text);
    List<String> arguments = new ArrayList<>(List.of("--recheck", file.toString()));
    arguments.addAll(List.of("--out", folder.toString()));
    arguments.addAll(List.of(more));
    return conform(arguments.toArray(String[]::new));
  }

  private static String changed(Consumer<ObjectNode> change) throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(report);
    change.accept(tree);
    return JSON.writeValueAsString(tree);
  }

  private static ObjectNode requirement(ObjectNode tree, String id) {
    for (JsonNode entry : tree.at("/subjects/0/requirements")) {
      if (entry.path("id").asText().equals(id)) {
        return (ObjectNode) entry;
      }
    }
    throw new AssertionError("there is no requirement " + id);
  }

  private static void withoutDrawnCases(ObjectNode tree) {
    JsonNode bridge = requirement(tree, "BRIDGE");
    ((ObjectNode) tree.at("/subjects/0")).putArray("requirements").add(bridge);
  }

  private static ObjectNode worst(ObjectNode tree, String id) {
    return (ObjectNode) requirement(tree, id).get("worst");
  }

  /** Asks that a change is refused in one line below the verdict, without a run if it is small. */
  private static void assertDiffers(Outcome outcome, String line) {
    assertThat(outcome.status).as(outcome.printed).isOne();
    assertThat(outcome.printed.lines())
        .containsSubsequence("recheck: differs", line)
        .filteredOn(line::equals)
        .hasSize(1);
  }

  private static void assertCannotRun(Outcome outcome, String line) {
    assertThat(outcome.status).as(outcome.printed).isEqualTo(2);
    assertThat(outcome.printed.lines()).singleElement().asString().contains(line);
  }

  @Test
  void whatNobodyChangedAgrees() throws IOException {
    Outcome outcome = recheck(report, "--sample", "40", "--sample-seed", "5");
    assertThat(outcome.status).as(outcome.printed).isZero();
    assertThat(outcome.printed)
        .contains("recheck: agrees", "sample seed: 5")
        .containsPattern("code of nd4j .* agrees")
        .containsPattern("nd4j STEP_SIZE +3 cases.* agrees");
    assertThat(folder.resolve("report.json")).hasContent(report);
  }

  @Test
  void aFlattererIsFoundOut() throws IOException {
    String lowered = changed(tree -> worst(tree, "STEP_SIZE").put("observed", 0.0).put("ratio", 0));
    Outcome outcome = recheck(lowered, "--sample", "1");
    assertThat(outcome.status).as(outcome.printed).isOne();
    assertThat(outcome.printed)
        .containsPattern("nd4j STEP_SIZE .*differs")
        .contains("nd4j, STEP_SIZE: the report's worst is WorstCase[observed=0.0");
    String raised = changed(tree -> worst(tree, "CAP").put("ratio", 1.0).put("case", "seed 7"));
    assertThat(recheck(raised, "--sample", "1").printed).contains("nd4j, CAP: the report's worst");
  }

  /** Seed 1 chooses no case at random, and with another seed none of the recorded ones is drawn. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void anotherSeedDrawsOtherCases(long choice) throws IOException {
    Outcome outcome =
        recheck(
            changed(tree -> tree.put("seed", 4)),
            "--sample",
            "1",
            "--sample-seed",
            Long.toString(choice));
    assertThat(outcome.status).as(outcome.printed).isOne();
    assertThat(outcome.printed).containsPattern("and \\d+ more");
  }

  @Test
  void numbersThatContradictTheVerdictAreNamed() throws IOException {
    String failed = changed(tree -> requirement(tree, "CAP").put("failed", 1));
    assertDiffers(
        recheck(failed, "--sample", "0"),
        "nd4j, CAP: its numbers contradict its verdict, conforms");
    String fewer = changed(tree -> requirement(tree, "CAP").put("cases", 2));
    assertThat(recheck(fewer, "--sample", "0").status).isOne();
    String beyond = changed(tree -> worst(tree, "CAP").put("ratio", 1.5));
    assertThat(recheck(beyond, "--sample", "0").status).isOne();
  }

  @Test
  void anotherJarIsNamed() throws IOException {
    String core = JSON.readTree(report).at("/subjects/0/jars/1/file").asText();
    assertThat(core).contains("core");
    String digest = JSON.readTree(report).at("/subjects/0/jars/1/sha256").asText();
    String reported = "0".repeat(64);
    assertDiffers(
        recheck(report.replace(digest, reported)),
        "%s: reported SHA-256 %s, here %s".formatted(core, reported, digest));
    Path jar = Files.writeString(folder.resolve("other.jar"), "");
    String empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assertDiffers(
        recheck(report, jar.toString()), "other.jar: reported SHA-256 none, here " + empty);
  }

  @Test
  void anotherOracleIsASetUpOfItsOwn() throws IOException {
    String other =
        changed(
            tree -> {
              ((ObjectNode) tree.get("oracle")).put("kind", "bundled");
              worst(tree, "STEP_SIZE").put("ratio", 0);
            });
    Outcome outcome = recheck(other, "--oracle", "exact", "--sample", "20");
    assertThat(outcome.status).as(outcome.printed).isZero();
    assertThat(outcome.printed).containsPattern("oracle +bundled +exact +another set-up");
  }

  @Test
  void whatCannotBeReadIsSaidInOneLine() throws IOException {
    assertCannotRun(conform("--recheck", "none.json"), "there is no file none.json");
    assertCannotRun(recheck(report.substring(0, 900)), "checked.json is no complete report");
    assertCannotRun(recheck("{}"), "has not the schema 1 of a report, but");
    assertCannotRun(recheck(changed(tree -> tree.put("schema", 2))), "but 2");
    assertCannotRun(recheck(changed(tree -> tree.remove("seed"))), "seed");
    assertCannotRun(recheck(changed(tree -> tree.putNull("subjects"))), "subjects");
    assertCannotRun(recheck(report.replace("\"CAP\"", "\"CUP\"")), "CUP");
    assertCannotRun(
        recheck(changed(tree -> tree.put("verdict", "broken"))), "nothing can be checked");
    assertCannotRun(recheck(report, "none.jar"), "none.jar");
    String other = changed(tree -> ((ObjectNode) tree.get("oracle")).put("kind", "package"));
    assertCannotRun(recheck(other), "--oracle");
    assertCannotRun(recheck(changed(RecheckTest::withoutDrawnCases)), "draws cases");
  }

  @Test
  void whatTheReportSaysIsNotToBeSaidAgain() throws IOException {
    assertCannotRun(recheck(report, "--seed", "1"), "--seed");
    assertCannotRun(recheck(report, "--sample", "-1"), "--sample");
    assertThat(conform("some.jar").status).isEqualTo(2);
  }

  @Test
  void aReportNamesWhatItsSubjectConsistsOf() throws IOException {
    assertThat(JSON.readTree(report).at("/kit/sha256").asText()).hasSize(64);
    assertThat(JSON.readTree(report).at("/subjects/0/jars")).hasSize(2);
  }
}
