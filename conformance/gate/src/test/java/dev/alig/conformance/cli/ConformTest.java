package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The command as a user meets it; none of these needs Python. {@link RecheckTest} has the run that
 * conforms.
 *
 * <p>Each test mostly waits for a process of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class ConformTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private int conform(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--out", folder.resolve("report").toString()));
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return Conform.run(out, all.toArray(String[]::new));
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tracesAloneNeedNoOracle() {
    assertThat(conform("--oracle", "traces", "--subject", "nd4j")).as(printed()).isZero();
    assertThat(printed()).contains("TRACES_TH").contains("400").contains("150");
  }

  @Test
  void anUnknownSubjectExitsWithTwo() {
    assertThat(conform("--oracle", "exact", "--subject", "numpy")).isEqualTo(2);
  }

  @Test
  void anOracleFolderWithoutAPackageExitsWithTwo() {
    assertThat(conform("--oracle", folder.toString())).isEqualTo(2);
  }

  @Test
  void anUnknownRequirementExitsWithTwo() {
    assertThat(conform("--oracle", "exact", "--only", "NONSENSE")).isEqualTo(2);
  }

  @Test
  void noTriesExitsWithTwo() {
    assertThat(conform("--oracle", "exact", "--tries", "0")).isEqualTo(2);
  }

  @Test
  void noWorkersExitsWithTwo() {
    assertThat(conform("--oracle", "exact", "--workers", "0")).isEqualTo(2);
  }

  @Test
  void aFolderThatCannotBeMadeExitsWithTwo() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String[] run = {"--oracle", "exact", "--only", "STEP_SIZE", "--out", file + "/report"};
    assertThat(Conform.run(new PrintStream(bytes), run)).isEqualTo(2);
  }

  @Test
  void aMissingTraceFileExitsWithTwo() {
    assertThat(conform("--oracle", "exact", "--traces", "nowhere.jsonl")).isEqualTo(2);
  }

  @Test
  void aSpoiledTraceDiffersAndSaysWhere() throws Exception {
    Path traces = Path.of("../kit/src/main/resources/dev/alig/conformance/traces/alig-th.jsonl");
    List<String> lines = Files.readAllLines(traces).subList(0, 40);
    List<String> spoiled = new ArrayList<>(lines);
    spoiled.replaceAll(
        line -> line.replace("\"adjusted_momentum\": true", "\"adjusted_momentum\": false"));
    Path file = folder.resolve("spoiled.jsonl");
    Files.write(file, spoiled);
    assertThat(conform("--oracle", "exact", "--subject", "nd4j", "--traces", file.toString()))
        .isOne();
    assertThat(printed()).contains("TRACES_TH").contains("replay");
  }
}
