package dev.alig.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class ImagesTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    TinyImages.write(folder, 8, 4);
  }

  @Test
  void pixelsGoFromZeroToOneAndClassesAreColumns() throws IOException {
    Images images = Images.read(folder, "t10k");
    assertThat(images.classes()).isEqualTo(Nd4j.eye(4));
    assertThat(images.pixels().argMax(1)).isEqualTo(Nd4j.createFromArray(0L, 1L, 2L, 3L));
    assertThat(images.pixels().maxNumber().floatValue()).isEqualTo(1);
    assertThat(images.pixels().getFloat(0, 1)).isEqualTo(31f / 255);
  }

  @Test
  void compressedOrNotIsTheSame() throws IOException {
    TinyImages.write(folder, 4, 4);
    assertThat(Images.read(folder, "train").pixels())
        .isEqualTo(Images.read(folder, "t10k").pixels());
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("train-labels-idx1-ubyte"));
    assertRefused(
        () -> Images.read(folder, "train"),
        "neither train-labels-idx1-ubyte nor",
        folder.toString());
  }

  @Test
  void anotherFormatIsNamed() throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), TinyImages.labels(8));
    assertRefused(() -> Images.read(folder, "train"), "0x00000801", "0x00000803");
  }

  @Test
  void aFileCutShortIsNamed() throws IOException {
    Path file = folder.resolve("train-images-idx3-ubyte");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 30));
    assertRefused(() -> Images.read(folder, "train"), "train-images-idx3-ubyte ends early");
  }

  @Test
  void labelsOfAnotherNumberAreRefused() throws IOException {
    Files.write(folder.resolve("train-labels-idx1-ubyte"), TinyImages.labels(7));
    assertRefused(() -> Images.read(folder, "train"), "8 images and 7 labels");
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call).isInstanceOf(IOException.class).hasMessageContainingAll(parts);
  }
}
