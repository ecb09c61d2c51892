package dev.alig.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.experiments.images.TinyImages;
import java.io.IOException;
import java.nio.file.Path;
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
}
