package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.oracle.Processor;
import dev.alig.conformance.sweep.Observation.Blame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The pinned release, with a gate of one line and packages that cannot run. */
@DisabledOnOs(OS.WINDOWS)
class PythonsTest {
  /** What a torch does that has no add_(Number, Tensor) any more, and a package that calls it. */
  private static final String OUTDATED =
      """
      import torch

      sound = torch.Tensor.add_

      def strict(x, other, *rest, **settings):
          if rest:
              raise TypeError("add_() received an invalid combination of arguments")
          return sound(x, other, **settings)

      torch.Tensor.add_ = strict

      class AliG(torch.optim.Optimizer):
          def __init__(self, params, max_lr=None, momentum=0, projection_fn=None, eps=1e-5,
                       adjusted_momentum=False):
              super().__init__(params, dict(max_lr=max_lr, momentum=momentum, step_size=None))

          @torch.no_grad()
          def step(self, closure):
              for p in self.param_groups[0]["params"]:
                  p.add_(-0.1, p.grad)
      """;

  /** A gate that leaves a report on the trace file that it is given. */
  private static final String GATE =
      """
      while [ "$1" != --out ]; do shift; done
      [ "$3" = --traces ] && [ -s "$4" ] || exit 2
      cat > "$2/report.json" <<END
      {"reason": "", "oracle": {"kind": "bundled", "digest": "d", "torch": "2.15.0", "numpy": "2.4.6",
       "python": "3.11.7", "device": "cpu", "threads": 1, "onednn": true, "processor": "p",
       "cpu_capability": "AVX2", "settings": "", "fused": true},
       "subjects": [{"name": "exact", "version": "1", "requirements": [
        {"id": "TRACES_TH", "verdict": "%s", "title": "t", "cases": 1, "comparisons": 1, "steps": 1,
         "inapplicable": 0, "failed": 1, "seconds": 1, "measured": [], "message": "the gate's facts",
         "worst": {"observed": 0, "bound": 0, "ratio": 0, "case": "c"}},
        {"id": "ORACLE_TRACES", "verdict": "%s", "title": "t", "cases": 1, "comparisons": 1,
         "steps": 1, "inapplicable": 0, "failed": 1, "seconds": 1, "measured": [],
         "message": "other bits", "worst": {"observed": 0, "bound": 0, "ratio": 0, "case": "c"}}]}]}
      END
      """;

  @TempDir private Path folder;

  private RowResult run(String code) throws IOException {
    Path home = folder.resolve("oracle");
    Path th = Files.createDirectories(home.resolve("alig/th"));
    Files.writeString(th.resolveSibling("__init__.py"), "");
    Files.writeString(th.resolve("__init__.py"), code);
    Files.writeString(
        th.resolve("projection.py"), "def l2_projection(parameters, max_norm):\n    pass\n");
    Files.createDirectories(folder.resolve("ci"));
    Files.writeString(folder.resolve("ci/conform"), "touch started\n");
    Map<String, Object> keys = new HashMap<>(Machine.plain());
    keys.put("oracle", home.toString());
    Row row = SampleRows.plain("here").with(keys);
    return gate(row).run(row, folder.resolve("own"));
  }

  private RowRun gate(Row row) {
    Machine machine =
        new Machine(
            row.os(),
            Map.of(row.jdk(), Path.of(System.getProperty("java.home"))),
            Map.of(row.python(), "python3"),
            Gpu.All.NONE,
            Processor.here());
    Pythons pythons = new Pythons(folder.resolve("environments"), true, System.out);
    return new RowRun(machine, pythons, folder, "", List.of());
  }

  @Test
  void aDroppedOverloadIsToldFromADifference() throws IOException {
    assertThat(run(OUTDATED).outcome())
        .isEqualTo(
            new Outcome.Broken(
                "the release dropped the overload add_(Number, Tensor) that this package calls"));
    assertThat(folder.resolve("started")).doesNotExist();
  }

  @Test
  void aPackageThatCannotBeImportedIsAReason() throws IOException {
    assertThat(run("raise ImportError('numpy 1 is needed')").outcome().words())
        .startsWith("broken: torch or the oracle cannot be used")
        .contains("numpy 1 is needed");
    assertThat(folder.resolve("started")).doesNotExist();
  }

  @Test
  void aPackageThatRunsIsProbedBeforeTheGateBegins() throws IOException {
    String sound = OUTDATED.replace("add_(-0.1, p.grad)", "add_(p.grad, alpha=-0.1)");
    assertThat(run(sound).outcome()).isEqualTo(new Outcome.Conforms());
    assertThat(folder.resolve("started")).exists();
    Fingerprint taken = SweepFolder.fingerprint(folder.resolve("own")).orElseThrow();
    assertThat(taken.probes()).hasSizeGreaterThan(100);
    assertThat(taken.probe("norm float32 1000").orElseThrow().places()).hasSize(1);
  }

  /** What a witness of one case says, where the gate says this of subject and oracle. */
  private Observation look(String ofSubject, String ofOracle) throws Exception {
    Path file = folder.resolve("case.jsonl");
    TraceFile.write(file, TraceFile.shipped().get(0), "a test");
    Files.createDirectories(folder.resolve("ci"));
    Files.writeString(folder.resolve("ci/conform"), GATE.formatted(ofSubject, ofOracle));
    Row row = SampleRows.plain("here").with(Machine.plain());
    Path own = folder.resolve("bisect");
    return new Witness(gate(row), row, file.toString(), new ExactOracle(), own).observe("");
  }

  @Test
  void aWitnessAsksPlainPythonAndTheGate() throws Exception {
    Observation seen = look("agrees", "agrees");
    assertThat(seen.differs()).as(seen.facts()).isFalse();
    assertThat(seen.blame()).isEqualTo(Blame.NOBODY);
    assertThat(seen.portable()).isNotEmpty();
    Observation differs = look("differs", "agrees");
    assertThat(differs.differs()).isTrue();
    assertThat(differs.facts()).contains("against the oracle: the gate's facts");
    assertThat(differs.bits()).isEqualTo(seen.bits());
    assertThat(look("agrees", "differs").blame()).isEqualTo(Blame.JEP);
  }

  @Test
  void anEnvironmentThatTheSweepDidNotBuildStays() throws IOException {
    new Pythons(folder, false, System.out).leave("no-such-python", "2.5.1");
    assertThat(folder).isEmptyDirectory();
  }
}
