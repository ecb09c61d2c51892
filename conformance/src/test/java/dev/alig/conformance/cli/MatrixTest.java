package dev.alig.conformance.cli;

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

/** The command on the shipped rows; none of these runs one. */
class MatrixTest {
  private static final String ROWS = Path.of("..", "ci", "matrix.yaml").toString();

  @TempDir private Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private int matrix(String... arguments) {
    return matrixOf(ROWS, arguments);
  }

  private int matrixOf(String rows, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--rows", rows, "--out", folder.toString()));
    all.addAll(Arrays.asList(arguments));
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return Matrix.run(out, all.toArray(String[]::new));
  }

  private List<String> names(String... arguments) throws IOException {
    assertThat(matrix(arguments)).isZero();
    JsonNode include = new JsonMapper().readTree(bytes.toByteArray()).path("include");
    bytes.reset();
    return include.findValuesAsText("name");
  }

  @Test
  void theHostedWorkflowReadsTheSameRows() throws IOException {
    List<String> all = names("--json");
    List<String> cpu = names("--json", "--device", "cpu");
    List<String> cuda = names("--json", "--device", "cuda");
    assertThat(all).containsAll(cpu).containsAll(cuda).hasSize(cpu.size() + cuda.size());
    assertThat(cuda).isNotEmpty().allMatch(name -> name.startsWith("cuda"));
    assertThat(cpu).contains("linux-torch-newest");
    assertThat(names("--json", "--unscheduled")).doesNotContain("linux-torch-newest");
    assertThat(names("--json", "linux-jdk25")).containsExactly("linux-jdk25");
  }

  @Test
  void theRowsAreListedWithWhatIsLackingHere() {
    assertThat(matrix("--list")).isZero();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("linux-jdk17")
        .contains("macOS on arm64");
  }

  @Test
  void anUnknownRowExitsWithTwo() {
    assertThat(matrix("no-such-row")).isEqualTo(2);
    assertThat(matrix("--list", "--device", "tpu")).isEqualTo(2);
    assertThat(matrix("--tries", "0")).isEqualTo(2);
  }

  @Test
  void aMissingListExitsWithTwo() {
    assertThat(matrixOf("nowhere.yaml", "--list")).isEqualTo(2);
  }

  @Test
  void whereNoRowCanRunNothingIsPassed() throws IOException {
    Path other = folder.resolve("rows.yaml");
    Files.writeString(other, Files.readString(Path.of(ROWS)).replaceAll("jdk: \\d+", "jdk: 999"));
    assertThat(matrixOf(other.toString(), "linux-jdk21")).isEqualTo(2);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("linux-jdk21: not run: JDK 999 is not installed");
    assertThat(Files.readString(folder.resolve("matrix.md"))).contains("not run: JDK 999");
  }
}
