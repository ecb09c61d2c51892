package dev.alig.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.alig.experiments.InputException;
import dev.alig.experiments.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  private static final Progress PROGRESS =
      new Progress(
          7,
          new Progress.Sums(3, Map.of("loss", 0.1 + 0.2), 0.5),
          List.of(new Progress.Epoch(1, Map.of("loss", Double.NaN), Map.of("accuracy", 0.5), 2)),
          1,
          Map.of(),
          false);

  private static final Checkpoint CHECKPOINT =
      new Checkpoint(
          new Identity(
              "valley",
              1,
              "valley",
              "alig",
              Double.POSITIVE_INFINITY,
              JsonNodeFactory.instance.objectNode(),
              "tensorflow",
              1,
              0,
              0,
              0,
              1),
          PROGRESS,
          123,
          new Snapshot(Map.of("w", new byte[] {1, 2, 3}, "empty", new byte[0])),
          Optional.of(new Snapshot(Map.of("w", new byte[] {4, 5, 6}))));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("checkpoint.zip");
    CHECKPOINT.write(file);
  }

  @Test
  void everythingComesBack() throws IOException {
    Checkpoint read = Checkpoint.read(file);
    assertThat(read.identity()).isEqualTo(CHECKPOINT.identity());
    assertThat(read.progress()).isEqualTo(PROGRESS);
    assertThat(read.logBytes()).isEqualTo(123);
    assertThat(read.current().arrays()).containsOnlyKeys("w", "empty");
    assertThat(read.current().arrays().get("w")).containsExactly(1, 2, 3);
    assertThat(read.best().orElseThrow().arrays().get("w")).containsExactly(4, 5, 6);
    assertThat(folder).isDirectoryContaining("glob:**checkpoint.zip");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  /** What follows the last array is the zip's directory, which reading does not need. */
  @Test
  void aFileThatEndsEarlyIsDamaged() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int directory = indexOf(whole, new byte[] {'P', 'K', 1, 2});
    for (int length = 0; length < directory - 1; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Checkpoint.read(file))
          .as("%d bytes", length)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file + " is damaged (")
          .hasMessageEndingWith("); delete it, and the run starts again")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void aBitThatFlippedIsNoticedOrChangesNothing() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int noticed = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      Files.write(file, flipped);
      try {
        Checkpoint read = Checkpoint.read(file);
        assertThat(read.progress()).isEqualTo(PROGRESS);
        assertThat(read.current().arrays().get("w")).containsExactly(1, 2, 3);
        assertThat(read.best().orElseThrow().arrays().get("w")).containsExactly(4, 5, 6);
      } catch (InputException e) {
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(whole.length / 3);
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(Arrays.copyOfRange(bytes, i, i + wanted.length), wanted)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not there");
  }
}
