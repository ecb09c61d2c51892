package dev.alig.conformance.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.releases.Releases.GateCommand;
import dev.alig.python.EnvironmentRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The pinned release, with a gate that is a table and packages that cannot run. */
@Execution(ExecutionMode.CONCURRENT)
class GateRunTest {
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

  private static final GateCommand NEVER =
      (out, arguments) -> {
        throw new AssertionError("the gate is not to run");
      };

  private static final Version PINNED = Version.of(EnvironmentRequest.fromSystem().torch());

  @TempDir private Path folder;

  private ReleaseResult run(Optional<Path> oracle, GateCommand gate) throws IOException {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    RunSettings settings =
        new RunSettings(1, 5, List.of("nd4j"), List.of("NORM"), "bundled", "", "code", "host");
    BuiltHere built = new BuiltHere(folder.resolve("environments"), true);
    Environments environments = new Environments(EnvironmentRequest.fromSystem(), built, out);
    return new GateRun(environments, settings, oracle, gate).run(PINNED, folder.resolve("run"));
  }

  private Optional<Path> oracle(String code) throws IOException {
    Path th = Files.createDirectories(folder.resolve("oracle/alig/th"));
    Files.writeString(th.resolveSibling("__init__.py"), "");
    Files.writeString(th.resolve("__init__.py"), code);
    Files.writeString(
        th.resolve("projection.py"), "def l2_projection(parameters, max_norm):\n    pass\n");
    return Optional.of(folder.resolve("oracle"));
  }

  @Test
  void aDroppedOverloadIsToldFromADifference() throws IOException {
    ReleaseResult result = run(oracle(OUTDATED), NEVER);
    assertThat(result.verdict()).isEqualTo(ReleaseResult.DROPPED);
    assertThat(result.reason())
        .isEqualTo("the release dropped the overload add_(Number, Tensor) that this package calls");
    assertThat(result.exitStatus()).isEqualTo(2);
  }

  @Test
  void aPackageThatCannotBeImportedIsAReason() throws IOException {
    ReleaseResult result = run(oracle("raise ImportError('numpy 1 is needed')"), NEVER);
    assertThat(result.verdict()).isEqualTo(ReleaseResult.NOT_SET_UP);
    assertThat(result.reason()).contains("numpy 1 is needed");
  }

  @Test
  void theMatrixIsReadFromTheGatesReport() throws IOException {
    ReleaseResult result =
        run(
            Optional.empty(),
            (out, arguments) -> {
              assertThat(arguments)
                  .containsSubsequence("--torch", PINNED.toString())
                  .containsSubsequence("--only", "NORM");
              write(Path.of(arguments.get(arguments.indexOf("--out") + 1)));
              return 1;
            });
    assertThat(result.verdict()).isEqualTo("differs");
    assertThat(result.subjects().get(0).requirements().get(0).ratio()).isInfinite();
    assertThat(result.numpy()).isNotEmpty();
    assertThat(result.probes()).hasSizeGreaterThan(100);
    assertThat(result.exitStatus()).isEqualTo(1);
  }

  @Test
  void theSetUpOfAnInterruptedRunKeepsItsTime() throws IOException {
    BuiltHere interrupted = new BuiltHere(folder.resolve("environments"), true);
    interrupted.begin(PINNED, false);
    interrupted.end(PINNED, 211);
    ReleaseResult result = run(Optional.empty(), (out, arguments) -> 3);
    assertThat(result.setUp().seconds()).isEqualTo(211);
    assertThat(result.setUp().built()).isTrue();
  }

  @Test
  void aGateWithoutAReportIsBroken() throws IOException {
    ReleaseResult result = run(Optional.empty(), (out, arguments) -> 3);
    assertThat(result.verdict()).isEqualTo("broken");
    assertThat(result.reason()).contains("left no report, status 3");
  }

  private static void write(Path out) {
    try {
      Files.createDirectories(out);
      Files.writeString(
          out.resolve("report.json"),
          """
          {"verdict": "differs", "reason": "", "subjects": [{"name": "nd4j", "requirements": [
            {"id": "NORM", "title": "t", "verdict": "differs", "cases": 5, "message": "m",
             "worst": {"ratio": "Infinity", "case": "c"}}]}]}
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
