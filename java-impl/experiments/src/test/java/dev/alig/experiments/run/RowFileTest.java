package dev.alig.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.experiments.Experiment;
import dev.alig.experiments.InputException;
import dev.alig.experiments.Row;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowFileTest {
  private static final String GOOD =
      """
      defaults: {learning_rate: 0.1, fails_at: 0, epochs: 3, source: s, published: {}}
      rows:
        - {optimizer: sgd}
        - {optimizer: alig, learning_rate: Infinity}
      """;

  private static List<Valley.Setting> parse(String text) throws InputException {
    return RowFile.parse("valley.yaml", text, Valley.Setting.class);
  }

  @Test
  void aRowOverridesTheDefaults() throws InputException {
    List<Valley.Setting> rows = parse(GOOD);
    assertThat(rows.get(0).learningRate()).isEqualTo(0.1);
    assertThat(rows.get(1).learningRate()).isInfinite();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{optimizer: sgd}|{optimizer: sgd, rate: 1}|valley.yaml, row 1: rate: unknown key; there are epochs, fails_at",
        "{optimizer: sgd}|{learning_rate: 1}|valley.yaml, row 1: optimizer: missing",
        "{optimizer: sgd}|{optimizer: sgd, fails_at: soon}|valley.yaml, row 1: fails_at: Cannot",
        "rows:|lines:|valley.yaml: rows: missing",
        "source: s|source: s, source: t|valley.yaml: defaults: Duplicate field 'source'"
      })
  void whatIsWrongIsNamed(String right, String wrong, String message) {
    assertThatThrownBy(() -> parse(GOOD.replace(right, wrong)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aListWithoutRowsIsRefused() {
    assertThatThrownBy(() -> parse("defaults: {}\nrows: []\n"))
        .isInstanceOf(InputException.class)
        .hasMessage("valley.yaml: rows must have at least one entry");
  }

  @Test
  void everyExperimentsRowsAreRead() throws IOException {
    int found = 0;
    for (Experiment<?> experiment : ServiceLoader.load(Experiment.class)) {
      assertThat(RowFile.read(experiment)).isNotEmpty().allSatisfy(RowFileTest::saysWhereItIsFrom);
      found++;
    }
    assertThat(found).isPositive();
  }

  private static void saysWhereItIsFrom(Row row) {
    assertThat(row.source()).isNotBlank();
  }
}
