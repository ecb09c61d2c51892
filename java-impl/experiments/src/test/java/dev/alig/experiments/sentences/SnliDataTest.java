package dev.alig.experiments.sentences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alig.experiments.InputException;
import dev.alig.experiments.sentences.SnliData.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnliDataTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    TinySentences.write(folder, 11);
  }

  private SnliData read(OptionalInt limit) throws InputException {
    return SnliData.read(folder, limit, TinySentences.WORD_SIZE);
  }

  private SnliData read() throws InputException {
    return read(OptionalInt.empty());
  }

  @Test
  void pairsWithoutALabelAreSkippedAndCounted() throws Exception {
    SnliData data = read();
    assertThat(data.training().labels()).containsExactly(0, 1, 2, 0, 2, 0, 1, 2, 1);
    assertThat(data.validation().labels()).containsExactly(0, 1, 2, 0, 2);
    assertThat(data.test().labels()).containsExactly(0, 1, 2, 0);
    assertThat(data.skipped()).isEqualTo(3);
  }

  /** The words "It" and "," have no vector. */
  @Test
  void aSentenceIsItsWordsThatHaveAVectorBetweenTwoMarks() throws Exception {
    SnliData data = read();
    assertThat(data.words()).isEqualTo(7);
    assertThat(data.known()).isEqualTo(5);
    Pairs training = data.training();
    assertThat(data.words(training.first(), new int[] {0}))
        .isDeepEqualTo(
            new double[][][] {
              {
                {0.1, 0.2, 0.3, 0.4},
                {-1, 0.5, 0, 0},
                {1, 0, 0, 0.5},
                {-1, 0.5, 0, 0},
                {1, 0, 0, 0.5},
                {0, 0, -1, 0},
                {0.4, 0.3, 0.2, 0.1}
              }
            });
    assertThat(data.words(training.second(), new int[] {0, 1}))
        .isDeepEqualTo(
            new double[][][] {
              {{0.1, 0.2, 0.3, 0.4}, {1, 0, 0, 0.5}, {0.4, 0.3, 0.2, 0.1}},
              {
                {0.1, 0.2, 0.3, 0.4},
                {0, 1, 0, -0.5},
                {-1, 0.5, 0, 0},
                {-1, 0.5, 0, 0},
                {0, 0, -1, 0},
                {0.4, 0.3, 0.2, 0.1}
              }
            });
  }

  @Test
  void columnsGiveTheSamePairsAsJson() throws Exception {
    Pairs json = read().validation();
    Files.delete(folder.resolve("snli_1.0_dev.jsonl"));
    Path inner = Files.createDirectory(folder.resolve("snli_1.0"));
    Files.copy(folder.resolve("snli_1.0_test.txt"), inner.resolve("snli_1.0_dev.txt"));
    Pairs columns = read().validation();
    for (int i = 0; i < columns.size(); i++) {
      assertThat(columns.first()[i]).isEqualTo(json.first()[i]);
      assertThat(columns.second()[i]).isEqualTo(json.second()[i]);
      assertThat(columns.labels()[i]).isEqualTo(json.labels()[i]);
    }
  }

  @Test
  void aLimitTakesTheFirstPairsOfEachPart() throws Exception {
    SnliData data = read(OptionalInt.of(2));
    assertThat(data.training().labels()).containsExactly(0, 1);
    assertThat(data.test().labels()).containsExactly(0, 1);
    assertThat(data.skipped()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "snli_1.0_dev.jsonl|{\"gold_label\": \"neutral\"|snli_1.0_dev.jsonl, line 7: it is no JSON object of a pair",
        "snli_1.0_dev.jsonl|{\"gold_label\": \"neutral\"}|snli_1.0_dev.jsonl, line 7: sentence1 must be there",
        "snli_1.0_dev.jsonl|{\"gold_label\": \"maybe\", \"sentence1\": \"a\", \"sentence2\": \"b\"}|line 7: gold_label must be entailment, neutral, contradiction or -, was \"maybe\"; fetch the file again",
        "snli_1.0_test.txt|neutral|snli_1.0_test.txt, line 6: it has 1 columns, and needs 7 at least; fetch the file again",
        "glove.840B.300d.txt|red 1 2 3|glove.840B.300d.txt, line 10: a vector must have 4 numbers, had 3; fetch the file again",
        "glove.840B.300d.txt|red|line 10: a vector must have 4 numbers, had 0",
        "glove.840B.300d.txt|red 1 2 x 3|line 10: \"x\" is no number; fetch the file again"
      })
  void aDamagedLineIsNamed(String file, String line, String message) throws IOException {
    Path damaged = folder.resolve(file);
    Files.writeString(damaged, Files.readString(damaged) + line + "\n");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(this::read)
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "snli_1.0_train.jsonl|has neither snli_1.0_train.jsonl nor snli_1.0_train.txt; unpack",
        "glove.840B.300d.txt|glove.840B.300d.txt is missing; unpack"
      })
  void aMissingFileIsNamed(String file, String message) throws IOException {
    Files.delete(folder.resolve(file));
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(this::read)
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "snli_1.0_test.txt|label\tfirst|line 1: the header must have the columns gold_label, sentence1",
        "snli_1.0_test.txt|''|line 1: the header must have the columns",
        "snli_1.0_dev.jsonl|''|snli_1.0_dev.jsonl has no pair with a label",
        "glove.840B.300d.txt|red 1 2 3 4|has no vector for <s>; fetch the file again"
      })
  void aFileOfSomethingElseIsNamed(String file, String content, String message) throws IOException {
    Files.writeString(folder.resolve(file), content);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(this::read)
        .withMessageContaining(message);
  }
}
