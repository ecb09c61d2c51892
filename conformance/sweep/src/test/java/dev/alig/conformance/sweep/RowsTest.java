package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.torch.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {
  private static final String YAML =
      """
      defaults:
        os: linux
        jdk: 17
        python: "3.11"
        torch: pinned
        device: cpu
        natives: cpu
        threads: 1
        onednn: true
        oracle: bundled
        subjects: []
        features: []
        jvm: ""
        variables: {}
        runner: [ubuntu-24.04]
        scheduled: false
      rows:
        - name: first
          about: nothing special
        - name: second
          about: much of its own
          jdk: 25
          threads: 2
          onednn: false
          variables: {A: b}
          subjects: [nd4j]
      """;

  @TempDir private Path folder;

  private List<Row> read(String yaml) throws IOException {
    return Rows.read(Files.writeString(folder.resolve("sweep.yaml"), yaml)).all();
  }

  @Test
  void everyShippedRowIsWellFormed() {
    List<Row> rows = Rows.read(SampleRows.SHIPPED).all();
    assertThat(rows).extracting(Row::jdk).contains(17, 21, 25);
    assertThat(rows).extracting(Row::device).contains(Device.CPU, Device.CUDA);
    assertThat(rows).extracting(Row::os).contains(Row.Os.LINUX, Row.Os.MACOS);
    assertThat(rows).filteredOn(Row::scheduled).extracting(Row::torch).contains(Row.NEWEST);
    assertThat(rows)
        .filteredOn(row -> row.device() == Device.CUDA)
        .allMatch(row -> row.runner().contains("self-hosted"));
  }

  @Test
  void aRowHasTheDefaultsAndWhatItGivesInTheirPlace() throws IOException {
    List<Row> rows = read(YAML);
    assertThat(rows.get(0).variables()).isEmpty();
    assertThat(rows.get(0).jdk()).isEqualTo(17);
    assertThat(rows.get(1).jdk()).isEqualTo(25);
    assertThat(rows.get(1).threads()).isEqualTo(2);
    assertThat(rows.get(1).oneDnn()).isFalse();
    assertThat(rows.get(1).variables()).isEqualTo(Map.of("A", "b"));
    assertThat(rows.get(1).subjects()).containsExactly("nd4j");
    assertThat(rows.get(1).python()).isEqualTo("3.11");
  }

  @Test
  void aRowWithOtherValuesKeepsTheRest() throws IOException {
    Row row = read(YAML).get(1).with(Map.of("torch", "2.5", "name", "second-torch-2.5"));
    assertThat(row.torch()).isEqualTo("2.5");
    assertThat(row.variables()).isEqualTo(Map.of("A", "b"));
    assertThat(row.oneDnn()).isFalse();
    assertThatThrownBy(() -> row.with(Map.of("oracle", "nobody")))
        .hasMessageStartingWith("oracle: must be one of");
  }

  @Test
  void anUnknownRowIsNamedWithTheOthers() {
    Rows shipped = Rows.read(SampleRows.SHIPPED);
    assertThat(shipped.named(List.of())).isEqualTo(shipped.all());
    assertThatThrownBy(() -> shipped.named(List.of("none")))
        .hasMessageStartingWith("no row is named none; there are [linux-jdk17,");
  }

  @ParameterizedTest
  @CsvSource({
    "jdk: 25, jdk: 8, row second: jdk: must be at least 17",
    "jdk: 25, jdk: new, row second: jdk: ",
    "threads: 2, threads: 0, row second: threads: must be at least 1",
    "onednn: false, onednn: perhaps, row second: onednn: ",
    "jdk: 25, python: 3.10, row second: python: ",
    "jdk: 25, python: '\"4.0\"', row second: python: must be a release",
    "jdk: 25, torch: old, 'row second: torch: must be pinned, newest or a version'",
    "jdk: 25, os: beos, row second: os: ",
    "jdk: 25, device: tpu, row second: device: ",
    "jdk: 25, natives: gpu, row second: natives: must be cpu where the device is cpu",
    "jdk: 25, runner: [], row second: runner: must be at least one label",
    "jdk: 25, oracle: nobody, row second: oracle: must be one of",
    "jdk: 25, runs: replay, row second: runs: Unrecognized",
    "jdk: 25, jdks: 25, row second: jdks: Unrecognized",
    "jdk: 25, threads: 3, threads",
    "about: much of its own, about: ' ', row second: about: must be a line of text",
    "name: second, name: Second, row Second: name: must be words in lower case",
    "name: second, name: first, row first: is there twice",
    "name: second, os: linux, row 2: name: ",
  })
  void whatIsWrongIsNamedByRowAndKey(String right, String wrong, String message) {
    String yaml = YAML.replaceFirst(right, wrong);
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sweep.yaml: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "defaults:, default:, 'defaults: '",
    "rows:, row:, 'rows: '",
    "'  threads: 1\n', '', row first: threads: ",
    "os: linux, os: [, while parsing",
  })
  void aFileThatIsNoListOfRowsIsRefused(String right, String wrong, String message) {
    String yaml = YAML.replace(right, wrong);
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFileWithoutRowsIsRefused() {
    String yaml = YAML.substring(0, YAML.indexOf("rows:")) + "rows: []\n";
    assertThatThrownBy(() -> read(yaml)).hasMessageContaining("rows: must be a list");
  }
}
