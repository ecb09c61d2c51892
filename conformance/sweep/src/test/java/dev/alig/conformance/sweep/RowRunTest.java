package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.oracle.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Rows without torch, in a source tree whose gate is a few lines of shell. */
@DisabledOnOs(OS.WINDOWS)
class RowRunTest {
  private static final Row ROW = SampleRows.plain("a").with(Map.of("oracle", "exact"));

  private static final String REPORT =
      """
      cat > own/report.json <<END
      {"reason": "", "oracle": {"kind": "bundled", "digest": "d", "torch": "2.15.0",
       "numpy": "2.4.6", "python": "3.11.7", "device": "cpu", "threads": 1, "onednn": true,
       "cpu_capability": "AVX2", "processor": "p", "settings": "", "fused": true},
       "subjects": [{"name": "nd4j", "version": "1", "digest": "d", "requirements": [
        {"id": "NORM", "title": "t", "verdict": "differs", "cases": 5, "comparisons": 5, "steps": 5,
         "inapplicable": 0, "failed": 1, "seconds": 1, "measured": [], "message": "m",
         "worst": {"observed": 1, "bound": 0, "ratio": "Infinity", "case": "c"}}]}]}
      END
      exit 1
      """;

  @TempDir private Path folder;

  private RowRun gate(Map<String, String> pythons, String script) throws IOException {
    Path file = folder.resolve("ci").resolve("conform");
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    Machine machine =
        new Machine(
            Row.Os.LINUX,
            Map.of(17, Path.of("the-jdk")),
            pythons,
            Gpu.listed(0, "GPU-7, 8.0, NVIDIA A100"),
            Processor.here());
    Pythons environments = new Pythons(folder.resolve("environments"), false, System.out);
    return new RowRun(machine, environments, folder, "settings", List.of("--tries", "7"));
  }

  private RowResult run(Row row, String script) throws IOException {
    return gate(Map.of("3.11", "python3.11"), script).run(row, folder.resolve("own"));
  }

  private String printed() throws IOException {
    return Files.readString(folder.resolve("own/output.log"));
  }

  @Test
  void anExitStatusIsAnOutcome() throws IOException {
    assertThat(run(ROW, "exit 0").outcome()).isEqualTo(new Outcome.Conforms());
    assertThat(run(ROW, "exit 1").outcome()).isEqualTo(new Outcome.Differs());
    assertThat(run(ROW, "echo more; echo why; exit 2").outcome())
        .isEqualTo(new Outcome.Broken("why"));
    assertThat(run(ROW, "kill -9 $$").outcome()).isEqualTo(new Outcome.Broken("no output"));
  }

  @Test
  void aBrokenRowSaysWhatItsReportSays() {
    assertThat(RowRun.outcome(2, "the worker crashed\n  in torch", "report: report.html\n"))
        .isEqualTo(new Outcome.Broken("the worker crashed"));
  }

  @Test
  void whatTheRowItselfFindsLackingIsNotRun() {
    assertThat(RowRun.outcome(2, "", "alig_oracle: not run: no CUDA device\n"))
        .isEqualTo(new Outcome.NotRun("no CUDA device"));
    assertThat(RowRun.outcome(0, "", "not run: no CUDA device\n"))
        .isEqualTo(new Outcome.Conforms());
  }

  @Test
  void outcomesAreReadFromTheirWords() {
    for (Outcome outcome :
        List.of(
            new Outcome.Conforms(),
            new Outcome.Differs(),
            new Outcome.Broken("a: b"),
            new Outcome.NotRun("no GPU: nvidia-smi says: no"))) {
      assertThat(Outcome.of(outcome.words())).isEqualTo(outcome);
    }
    assertThat(new Outcome.NotRun("why").kind()).isEqualTo("inapplicable");
  }

  @Test
  void aRowThatTheMachineCannotRunStartsNothing() throws IOException {
    RowResult result = gate(Map.of(), "touch started").run(ROW, folder.resolve("own"));
    assertThat(result.outcome()).isEqualTo(new Outcome.NotRun("Python 3.11 is not on the path"));
    assertThat(folder.resolve("started")).doesNotExist();
  }

  @Test
  void theGateIsToldWhatTheRowSays() throws IOException {
    Row row = SampleRows.cuda("tensorflow").with(Map.of("jvm", "-XX:UseAVX=0"));
    run(row, "echo \"$@\"; echo $JAVA_HOME $ALIG_PROFILE $CUDA_VISIBLE_DEVICES $JDK_JAVA_OPTIONS");
    assertThat(printed())
        .contains("--subject tensorflow --python python3.11 --device cuda --torch-threads 1")
        .contains("--tries 7")
        .contains("the-jdk gpu GPU-7 -XX:UseAVX=0");
  }

  @Test
  void variablesOneDnnAndThreadsAreHandedOn() throws IOException {
    Row row =
        ROW.with(
            Map.of(
                "threads",
                2,
                "onednn",
                false,
                "subjects",
                List.of("python"),
                "variables",
                Map.of("ATEN_CPU_CAPABILITY", "default")));
    run(row, "echo \"$@\"; echo capability $ATEN_CPU_CAPABILITY");
    assertThat(printed())
        .contains("--oracle exact --subject python --python python3.11 --device cpu")
        .contains("--torch-threads 2 --without-onednn")
        .contains("capability default");
  }

  @Test
  void whatTheReportSaysIsTheResult() throws IOException {
    RowResult result = run(ROW, REPORT);
    assertThat(result.oracle().torch()).isEqualTo("2.15.0");
    assertThat(result.verdicts()).isEqualTo(Map.of("nd4j, NORM", "differs"));
    assertThat(result.subjects().get(0).requirements().get(0).worst().ratio()).isInfinite();
    assertThat(result.settings()).isEqualTo("settings");
  }

  @Test
  void aReportOfAnEarlierRunIsNotTaken() throws IOException {
    run(ROW, REPORT);
    assertThat(run(ROW, "exit 2").subjects()).isEmpty();
  }

  @Test
  void aRowForWhichNoPythonCanAskForTheNewestTorchSaysSo() throws IOException {
    Row row = SampleRows.plain("newest").with(Map.of("torch", "newest"));
    RowResult result =
        gate(Map.of("3.11", "no-such-python"), "exit 0").run(row, folder.resolve("own"));
    assertThat(result.outcome().words()).startsWith("broken: not set up: ").contains("no-such-");
  }
}
