package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on the shipped rows, and what it refuses; none of these runs a row. */
class SweepTest {
  @TempDir private Path folder;

  private record Printed(int status, String text) {}

  private Printed sweep(String... arguments) {
    return sweepOf(SampleRows.SHIPPED, arguments);
  }

  private Printed sweepOf(Path rows, String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("--rows", rows.toString(), "--out", folder.toString()));
    all.addAll(Arrays.asList(arguments));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    PrintStream error = System.err;
    System.setErr(out);
    try {
      int status = Sweep.run(out, all.toArray(String[]::new));
      return new Printed(status, bytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(error);
    }
  }

  private void assertRefused(String message, String... arguments) {
    Printed printed = sweep(arguments);
    assertThat(printed.status).as(printed.text).isEqualTo(2);
    assertThat(printed.text).contains(message);
  }

  @Test
  void theHostedWorkflowReadsTheSameRows() throws IOException {
    JsonNode include = new JsonMapper().readTree(sweep("--json").text).path("include");
    assertThat(include.findValuesAsText("name")).contains("linux-jdk25", "linux-torch-newest");
    assertThat(include.findValuesAsText("device")).contains("cpu", "cuda");
    assertThat(include.findValuesAsText("os")).contains("linux", "macos");
    JsonNode one = new JsonMapper().readTree(sweep("--json", "linux-jdk25").text).path("include");
    assertThat(one.findValuesAsText("name")).containsExactly("linux-jdk25");
  }

  @Test
  void theRowsAreListedWithWhatIsLackingHere() {
    assertThat(sweep("--list").text)
        .contains("linux-jdk17")
        .containsPattern("macOS on arm64 \\[not here: this is .*, not macos\\]");
  }

  @Test
  void aSwitchTakesThePlaceOfAKey() throws IOException {
    String row = sweep("--json", "linux-jdk25", "--subject", "nd4j", "--oracle", "exact").text;
    JsonNode found = new JsonMapper().readTree(row).at("/include/0");
    assertThat(found.path("subjects").toString()).isEqualTo("[\"nd4j\"]");
    assertThat(found.path("oracle").asText()).isEqualTo("exact");
  }

  @Test
  void whatIsUnknownExitsWithTwo() {
    assertRefused("no row is named no-such-row", "no-such-row");
    assertRefused("--tries must be > 0, was 0", "--tries", "0");
    assertRefused("no requirement is named SPEED", "--only", "SPEED");
    assertRefused("no subject is named numpy", "--subject", "numpy");
    assertRefused("oracle: must be one of", "--oracle", "nowhere");
    assertThat(sweepOf(Path.of("nowhere.yaml"), "--list").status).isEqualTo(2);
  }

  @Test
  void whatWouldBeOneForAllRowsIsRefused() {
    assertRefused("each row needs its own", "-Dpython.env=env");
    assertRefused("name the releases themselves", "-Dtorch.version=2.14.0");
  }

  @Test
  void aSearchThatCannotBeginIsRefused() throws IOException {
    assertRefused("nowhere/case.jsonl", "--bisect", "nowhere/case.jsonl", "2.2.2", "2.15.0");
    assertRefused("pom.xml", "--bisect", "pom.xml", "2.2.2", "2.15.0");
    assertRefused("no rows or --torch", "--bisect", "norm", "2.2.2", "2.15.0", "linux-jdk17");
    assertRefused(
        "name an optimizer in Java", "--bisect", "norm", "2.2", "2.15", "--subject", "python");
    assertRefused(
        "does not depend on torch", "--bisect", "norm", "2.2", "2.3", "--oracle", "exact");
  }

  @Test
  void whereNoRowCanRunNothingIsPassed() throws IOException {
    String shipped = Files.readString(SampleRows.SHIPPED);
    Path other = folder.resolve("rows.yaml");
    Files.writeString(other, shipped.replaceAll("jdk: \\d+", "jdk: 999"));
    Printed printed = sweepOf(other, "linux-jdk21");
    assertThat(printed.status).as(printed.text).isEqualTo(2);
    assertThat(printed.text).contains("linux-jdk21: not run: JDK 999 is not installed");
    assertThat(Files.readString(folder.resolve("sweep.html"))).contains("not run: JDK 999");
    assertThat(Files.readString(folder.resolve("sweep.txt"))).contains("not run: JDK 999");
  }
}
