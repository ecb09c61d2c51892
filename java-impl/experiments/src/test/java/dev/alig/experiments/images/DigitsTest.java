package dev.alig.experiments.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.experiments.Backend;
import dev.alig.experiments.InputException;
import dev.alig.experiments.Options;
import dev.alig.experiments.Part;
import dev.alig.experiments.Training;
import dev.alig.experiments.networks.ImageModel.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DigitsTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    TinyImages.write(folder, 8, 4);
  }

  private ImageData read(OptionalInt limit) throws InputException {
    return new Digits().read(folder, limit);
  }

  @Test
  void allImagesAreTrainedOnInTheirOwnSize() throws IOException {
    ImageData data = read(OptionalInt.empty());
    assertThat(data.training().size()).isEqualTo(8);
    assertThat(data.validation().size()).isZero();
    assertThat(data.test().size()).isEqualTo(4);
    assertThat(data.training().shape()).isEqualTo(new ImageSize(1, 2, 2));
    assertThat(data.training().label(2)).isEqualTo(2);
    assertThat(data.training().pixels(2).at(0, 1, 0)).isEqualTo(255);
    assertThat(data.training().pixels(2).at(0, 0, 1)).isEqualTo(9 * 31 % 100);
  }

  @Test
  void aLimitKeepsTheFirst() throws IOException {
    ImageData data = read(OptionalInt.of(3));
    assertThat(data.training().size()).isEqualTo(3);
    assertThat(data.test().size()).isEqualTo(3);
  }

  @Test
  void aLabelOutOfRangeIsNamed() throws IOException {
    Path labels = folder.resolve("train-labels-idx1-ubyte");
    byte[] bytes = Files.readAllBytes(labels);
    bytes[8 + 5] = (byte) 200;
    Files.write(labels, bytes);
    assertRefused(labels + ": image 5 has the label 200; labels go from 0 to 9; fetch");
  }

  @Test
  void testImagesOfAnotherSizeAreRefused() throws IOException {
    Path images = folder.resolve("train-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(images);
    bytes[11] = 1;
    bytes[15] = 4;
    Files.write(images, bytes);
    assertRefused(folder + " has images of 1 x 4 for train and of 2 x 2 for t10k;");
  }

  private void assertRefused(String part) {
    assertThatThrownBy(() -> read(OptionalInt.empty()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(part);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void theExperimentTrainsOnThemAndHasNoValidation(Backend backend) throws IOException {
    ImageRow row =
        new ImageRow(
            "sgd",
            0.1,
            "WRN-10-1",
            0,
            0.9,
            0,
            Double.POSITIVE_INFINITY,
            4,
            1,
            false,
            "no setting of the authors",
            Map.of());
    Options options =
        new Options(
            Optional.of(folder),
            backend,
            1,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            1);
    try (Training training = new ImageExperiment.HandwrittenDigits().prepare(row, options)) {
      // One channel instead of three leaves out 2 * 9 * 16 weights of the first convolution.
      assertThat(training.counts()).containsEntry("parameters", 77_850L - 2 * 9 * 16);
      double first = training.step(0).metrics().loss();
      for (int index = 1; index < 40; index++) {
        training.step(index);
      }
      assertThat(training.step(40).metrics().loss()).isLessThan(first / 2);
      assertThat(training.evaluate(Part.VALIDATION)).isEmpty();
      assertThat(training.evaluate(Part.TEST).orElseThrow().examples()).isEqualTo(4);
    }
  }

  @Test
  void weightDecayIsOfferedInTensorFlowOnly() {
    ImageRow row =
        new ImageRow("yogi", 0.1, "WRN-10-1", 0, 0, 1e-4, 1, 4, 1, false, "none", Map.of());
    Options options =
        new Options(
            Optional.of(folder),
            Backend.DL4J,
            1,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            1);
    assertThatThrownBy(() -> new ImageExperiment.HandwrittenDigits().prepare(row, options))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("yogi with a weight decay of 1.0E-4 trains in TensorFlow only");
  }
}
