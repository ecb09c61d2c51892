package dev.alig.conformance.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.oracle.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Rows in a source tree whose gate is a few lines of shell. */
@DisabledOnOs(OS.WINDOWS)
class RowRunTest {
  private static final String REPORT =
      "{\\\"oracle\\\": {\\\"kind\\\": \\\"bundled\\\", \\\"torch\\\": \\\"2.15.0\\\","
          + " \\\"device\\\": \\\"cpu\\\", \\\"cpu_capability\\\": \\\"AVX2\\\","
          + " \\\"threads\\\": 1, \\\"onednn\\\": true}}";

  @TempDir private Path folder;

  private RowRun gate(String... lines) throws IOException {
    Path script = folder.resolve("ci").resolve("conform");
    Files.createDirectories(script.getParent());
    Files.write(script, List.of(lines));
    Machine machine =
        new Machine(
            Os.LINUX,
            Map.of(17, Path.of("the-jdk")),
            Map.of("3.11", "python3.11"),
            CudaDevices.listed(0, "GPU-7, 8.0, NVIDIA A100"));
    return new RowRun(machine, folder, folder.resolve("out"), List.of("--tries", "7"));
  }

  @Test
  void anExitStatusIsAnOutcome() throws IOException {
    assertThat(gate("exit 0").run(Rows.plain("a")).outcome()).isEqualTo(new Outcome.Conforms());
    assertThat(gate("exit 1").run(Rows.plain("a")).outcome()).isEqualTo(new Outcome.Differs());
    assertThat(gate("echo why", "exit 2").run(Rows.plain("a")).outcome())
        .isEqualTo(new Outcome.Broken("why"));
    assertThat(gate("kill -9 $$").run(Rows.plain("a")).outcome())
        .isEqualTo(new Outcome.Broken("no output"));
  }

  @Test
  void aBrokenRowSaysWhatStandsBelowTheVerdict() {
    String output = "verdict: broken\nthe worker crashed\n  in torch\nreport: report.html\n";
    assertThat(RowRun.outcome(2, output)).isEqualTo(new Outcome.Broken("the worker crashed"));
  }

  @Test
  void whatTheRowItselfFindsLackingIsNotRun() {
    assertThat(RowRun.outcome(2, "alig_oracle: not run: no CUDA device\n"))
        .isEqualTo(new Outcome.NotRun("no CUDA device"));
    assertThat(RowRun.outcome(0, "not run: no CUDA device\n")).isEqualTo(new Outcome.Conforms());
  }

  @Test
  void aRowThatTheMachineCannotRunStartsNothing() throws IOException {
    RowRun gate = gate("touch started");
    Row other = Rows.replay(Device.CPU);
    RowResult result =
        new RowRun(
                new Machine(Os.LINUX, Map.of(), Map.of(), CudaDevices.NONE),
                folder,
                gate.out(),
                List.of())
            .run(other);
    assertThat(result.outcome()).isEqualTo(new Outcome.NotRun("Python 3.11 is not on the path"));
    assertThat(folder.resolve("started")).doesNotExist();
  }

  @Test
  void theGateIsToldWhatTheRowSays() throws IOException {
    RowRun gate = gate("echo \"$@\"", "echo \"$JAVA_HOME $ALIG_PROFILE $CUDA_VISIBLE_DEVICES\"");
    Row row = Rows.cuda("tensorflow");
    gate.run(row);
    assertThat(Files.readString(gate.folder(row).resolve("output.log")))
        .contains("--subject tensorflow --python python3.11 --device cuda --torch-threads 1")
        .contains("--tries 7")
        .contains("the-jdk gpu GPU-7");
  }

  @Test
  void variablesOneDnnAndTorchAreHandedOn() throws IOException {
    RowRun gate = gate("echo \"$@\"", "echo \"capability $ATEN_CPU_CAPABILITY\"");
    Row plain = Rows.plain("a");
    Row row =
        new Row(
            "b",
            plain.about(),
            plain.runs(),
            plain.os(),
            17,
            plain.python(),
            "2.6.0",
            plain.device(),
            plain.natives(),
            2,
            false,
            List.of(),
            Map.of("ATEN_CPU_CAPABILITY", "default"),
            plain.runner(),
            false);
    gate.run(row);
    assertThat(Files.readString(gate.folder(row).resolve("output.log")))
        .contains("--torch 2.6.0 --device cpu --torch-threads 2 --without-onednn")
        .contains("capability default");
  }

  @Test
  void theFactsOfTheReportAreShown() throws IOException {
    RowRun gate = gate("for d; do :; done", "echo \"" + REPORT + "\" > out/a/report.json");
    RowResult result = gate.run(Rows.plain("a"));
    assertThat(result.torch()).isEqualTo("2.15.0, cpu, AVX2, 1 thread");
  }

  @Test
  void aReportOfAnEarlierRunIsNotTaken() throws IOException {
    gate("echo \"" + REPORT + "\" > out/a/report.json").run(Rows.plain("a"));
    assertThat(gate("exit 2").run(Rows.plain("a")).oracle()).isEmpty();
  }

  @Test
  void aRowForWhichNoPythonCanAskForTheNewestTorchSaysSo() throws IOException {
    Machine machine =
        new Machine(
            Os.LINUX,
            Map.of(17, Path.of("the-jdk")),
            Map.of("3.11", "no-such-python"),
            CudaDevices.NONE);
    Row row = Rows.torch(Row.NEWEST);
    assertThat(new RowRun(machine, folder, folder.resolve("out"), List.of()).run(row).outcome())
        .isInstanceOfSatisfying(
            Outcome.Broken.class, broken -> assertThat(broken.why()).contains("no-such-python"));
  }

  @Test
  void theStatusOfARunFollowsFromItsRows() {
    assertThat(status(new Outcome.Conforms(), new Outcome.NotRun("x"))).isZero();
    assertThat(status(new Outcome.NotRun("x"))).isEqualTo(2);
    assertThat(status()).isEqualTo(2);
    assertThat(status(new Outcome.Conforms(), new Outcome.Broken("x"))).isEqualTo(2);
    assertThat(status(new Outcome.Broken("x"), new Outcome.Differs())).isOne();
  }

  private static int status(Outcome... outcomes) {
    return report(outcomes).exitStatus();
  }

  private static MatrixReport report(Outcome... outcomes) {
    return new MatrixReport(
        List.of(outcomes).stream()
            .map(o -> new RowResult(Rows.plain("a"), o, 61.4, Optional.empty()))
            .toList());
  }

  @Test
  void theTablesHaveEveryRow() throws IOException {
    MatrixReport report = report(new Outcome.Conforms(), new Outcome.NotRun("no CUDA device"));
    assertThat(report.table()).contains("conforms").contains("not run: no CUDA device");
    assertThat(report.markdown())
        .contains("| a | conforms | 61 | 17 | 3.11 |  | what it is for |")
        .contains("| a | not run: no CUDA device |  | 17 |");
    report.write(folder);
    JsonNode json = new JsonMapper().readTree(folder.resolve("matrix.json").toFile());
    assertThat(json.path("exit_status").intValue()).isZero();
    assertThat(json.path("rows")).hasSize(2);
    assertThat(json.at("/rows/1/outcome").textValue()).isEqualTo("not run: no CUDA device");
    assertThat(json.at("/rows/0/row/jdk").intValue()).isEqualTo(17);
    assertThat(folder.resolve("matrix.md")).exists();
  }
}
