package dev.alig.experiments.images;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.experiments.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
  @TempDir private Path folder;

  private Path images;
  private Path labels;

  @BeforeEach
  void write() throws IOException {
    TinyImages.write(folder, 8, 4);
    images = folder.resolve("train-images-idx3-ubyte");
    labels = folder.resolve("train-labels-idx1-ubyte");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(labels);
    assertRefused("train", folder + " has neither train-labels-idx1-ubyte nor", "four idx files");
  }

  @Test
  void anotherFormatIsNamed() throws IOException {
    Files.write(images, TinyImages.labels(8));
    assertRefused("train", images + " begins with 0x00000801", "0x00000803");
  }

  @Test
  void aFileCutShortIsNamed() throws IOException {
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 30));
    assertRefused("train", images + " ends early; fetch it again");
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 10));
    assertRefused("train", images + " ends early; fetch it again");
  }

  @Test
  void sizesThatNoFileHasAreNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(images);
    bytes[4] = -1;
    Files.write(images, bytes);
    assertRefused("train", images + " has the sizes [-16777208, 0, 0]; each must be >= 1");
    bytes[4] = 0x7f;
    Files.write(images, bytes);
    assertRefused("train", images + " has the sizes [2130706440, 2, 0];", "below 2^31");
  }

  @Test
  void aDamagedCompressionIsNamed() throws IOException {
    Path compressed = folder.resolve("t10k-images-idx3-ubyte.gz");
    Files.write(compressed, new byte[40]);
    assertRefused("t10k", compressed + " cannot be read: Not in GZIP format");
  }

  @Test
  void labelsOfAnotherNumberAreRefused() throws IOException {
    Files.write(labels, TinyImages.labels(7));
    assertRefused("train", folder + " has 8 images and 7 labels for train;");
  }

  private void assertRefused(String prefix, String... parts) {
    assertThatThrownBy(() -> IdxFile.read(folder, prefix))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(parts)
        .message()
        .doesNotContain("\n");
  }
}
