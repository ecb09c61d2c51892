package dev.alig.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.experiments.Backend;
import dev.alig.experiments.InputException;
import dev.alig.experiments.Options;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  private static final int FAILING = 4;

  @TempDir private Path out;
  private final Valley valley = new Valley();

  private Run<Valley.Setting> run(Path folder, int number, long seed) throws IOException {
    Valley.Setting row = RowFile.read(valley).get(number - 1);
    Options options =
        new Options(
            Optional.empty(),
            Backend.TENSORFLOW,
            seed,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            1);
    // The row that fails is otherwise row 1.
    Identity identity = Identity.of(valley, 1, RowFile.read(valley).get(0), options);
    return new Run<>(valley, row, identity, options, folder);
  }

  private static ProgressLines silent() {
    return new ProgressLines(new PrintStream(OutputStream.nullOutputStream()));
  }

  @Test
  void aRunThatFailedAndWentOnIsBitForBitTheOneThatDidNot() throws IOException {
    Path whole = out.resolve("whole");
    Path cut = out.resolve("cut");
    run(whole, 1, 1).train(false, silent());
    assertThatThrownBy(() -> run(cut, FAILING, 1).train(false, silent()))
        .hasMessage("step 7 fails");
    run(cut, 1, 1).train(true, silent());
    Path folder = Path.of("valley-row1-seed1");
    assertThat(cut.resolve(folder).resolve("steps.csv"))
        .hasSameTextualContentAs(whole.resolve(folder).resolve("steps.csv"));
    Checkpoint expected = Checkpoint.read(whole.resolve(folder).resolve("checkpoint.zip"));
    Checkpoint actual = Checkpoint.read(cut.resolve(folder).resolve("checkpoint.zip"));
    assertThat(actual.current().arrays().get("x")).isEqualTo(expected.current().arrays().get("x"));
    assertThat(actual.progress().test()).isEqualTo(expected.progress().test());
    assertThat(actual.progress().epochs().get(2).training())
        .isEqualTo(expected.progress().epochs().get(2).training());
  }

  @Test
  void theBestModelMeetsTheTestDataOnce() throws IOException {
    Result result = run(out, 1, 1).train(false, silent());
    run(out, 1, 1).train(true, silent());
    assertThat(valley.tests()).isEqualTo(1);
    assertThat(result.progress().bestEpoch()).isEqualTo(2);
    Progress.Epoch second = result.progress().epochs().get(1);
    assertThat(result.progress().test().get("loss")).isEqualTo(second.validation().get("loss"));
  }

  @Test
  void meansAreWeightedByExamples() throws IOException {
    Result result = run(out, 1, 1).train(false, silent());
    List<String> lines = Files.readAllLines(out.resolve("valley-row1-seed1/steps.csv"));
    double sum = 0;
    double examples = 0;
    for (int step = 1; step <= 5; step++) {
      double weight = 1 + (step - 1) % 2;
      sum += weight * Double.parseDouble(lines.get(step).split(",", -1)[1]);
      examples += weight;
    }
    assertThat(result.progress().epochs().get(0).training()).containsEntry("loss", sum / examples);
  }

  @Test
  void aRunEndsWhereItsLossBecomesNan() throws IOException {
    Result result = run(out, 3, 1).train(false, silent());
    assertThat(result.progress().diverged()).isTrue();
    assertThat(result.progress().steps()).isLessThan(15);
    assertThat(result.finalLoss()).isNaN();
    assertThat(Table.markdown(List.of(result))).contains(", diverged");
  }

  @Test
  void aRunIsNeitherOverwrittenNorMixedWithAnother() throws IOException {
    run(out, 1, 1).train(false, silent());
    assertThatThrownBy(() -> run(out, 1, 1).train(false, silent()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds a run already; go on with it by --resume");
    Path first = out.resolve("valley-row1-seed1");
    Files.move(first, out.resolve("valley-row1-seed2"));
    assertThatThrownBy(() -> run(out, 1, 2).train(true, silent()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is of another run: seed 1 instead of 2");
  }

  @Test
  void aLogThatIsShorterThanItsCheckpointSaysIsRefused() throws IOException {
    run(out, 1, 1).train(false, silent());
    Path log = out.resolve("valley-row1-seed1/steps.csv");
    Files.writeString(log, "step\n");
    assertThatThrownBy(() -> run(out, 1, 1).train(true, silent()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has 5 bytes, but its checkpoint counts on");
  }
}
