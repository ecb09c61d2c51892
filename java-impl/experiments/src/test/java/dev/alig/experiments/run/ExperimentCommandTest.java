package dev.alig.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentCommandTest {
  @TempDir private Path folder;

  /** A status and what was printed, errors apart. */
  private record Outcome(int status, String out, String err) {}

  private Outcome run(String line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int status =
          ExperimentCommand.run(
              new PrintStream(out, true, StandardCharsets.UTF_8),
              List.of(new Valley()),
              line.replace("OUT", folder.toString()).strip().split(" +"));
      return new Outcome(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }

  @Test
  void experimentsAndRowsAreListed() {
    assertThat(run("--list").out()).contains("valley").contains("one number on a slope");
    assertThat(run("valley --list --optimizer alig").out())
        .isEqualTo(
            "  2  alig     none    valley  (made up for tests)  published: accuracy 0.5000\n");
  }

  @Test
  void rowsRunAndAreTabulated() {
    Outcome outcome = run("valley --row 1 --row 2 --out OUT");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains("done after 15 steps").contains("| accuracy 0.5000 |");
    assertThat(folder.resolve("results.md")).content().contains("| 1 | valley | sgd | 0.1 | 1 |");
    assertThat(folder.resolve("results.png")).isNotEmptyFile();
    assertThat(folder.resolve("valley-row2-seed1/curves.png")).isNotEmptyFile();
    assertThat(folder.resolve("valley-row2-seed1/epochs.csv"))
        .content()
        .startsWith("epoch,loss,step_size,unclipped_step_size,gradient_norm,parameter_norm,")
        .hasLineCount(4);
  }

  @Test
  void onePageShowsTheRunsOfManyFoldersAndWhatRemains() {
    run("valley --row 1 --out OUT/first");
    run("valley --row 2 --epochs 2 --out OUT/second");
    Outcome outcome = run("report OUT/first OUT/second");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .contains("## valley: ", "| 15 | whole |", "| 10 | 2 of 3 epochs |", ", JDK ")
        .endsWith("Of 4 rows, whole: 1; in part: 2; not run: 3-4.\n");
  }

  @Test
  void aFolderWithoutRunsIsNamed() {
    Outcome outcome = run("report OUT");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "ci/experiment: %s holds no run; give the folders that were --out of ci/experiment\n"
                .formatted(folder));
  }

  /** JSON has no infinite numbers, so the row that a checkpoint names has a text in their place. */
  @Test
  void aRunWithoutACapGoesOn() {
    run("valley --row 2 --out OUT");
    Outcome outcome = run("valley --row 2 --out OUT --resume");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  @Test
  void aDryRunTrainsNothing() {
    Outcome outcome = run("valley --row 1 --dry-run --out OUT");
    assertThat(outcome.out()).contains("1 parameters").contains("3 epochs of 5 steps take about");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--dry-run|say which experiment: valley; --list shows what they are",
        "hill|no experiment is named \"hill\"; there are valley",
        "valley --row 9|--row must be from 1 to 4, was 9; --list shows the rows",
        "valley --optimizer lion|no row has the optimizer \"lion\"; there are sgd, alig",
        "valley --row 1 --optimizer alig|none of the rows [1] has the optimizer [alig]",
        "valley --backend jax|valley cannot be trained in \"jax\"; --backend can be tensorflow",
        "valley --epochs 0|--epochs must be >= 1, was 0"
      })
  void whatCannotBeUsedIsNamedOnOneLine(String line, String message) {
    Outcome outcome = run(line);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).isEqualTo("ci/experiment: " + message + "\n");
  }

  @Test
  void aFolderThatIsAFileIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Outcome outcome = run("valley --out OUT/file");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).isEqualTo("ci/experiment: cannot read or write " + file + "\n");
  }
}
