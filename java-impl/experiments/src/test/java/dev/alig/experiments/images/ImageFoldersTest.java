package dev.alig.experiments.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alig.experiments.Backend;
import dev.alig.experiments.InputException;
import dev.alig.experiments.Options;
import dev.alig.experiments.Part;
import dev.alig.experiments.Training;
import dev.alig.experiments.images.Batches.Augmentation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageFoldersTest {
  private static final int SIDE = 32;

  /** Few pictures for training, so that the greatest number counts. */
  private static final ImageFolders SMALL = new ImageFolders(SIDE, 9);

  @TempDir private Path folder;

  /** Picture i of class c has the grey 20·c + i; there are seven classes. */
  private void write(String part, int perClass) throws IOException {
    for (int c = 0; c < 7; c++) {
      Path inner = Files.createDirectories(folder.resolve(part).resolve("n0" + c));
      for (int i = 0; i < perClass; i++) {
        BufferedImage image = new BufferedImage(40, 50, BufferedImage.TYPE_INT_RGB);
        int[] grey = new int[40 * 50 * 3];
        Arrays.fill(grey, 20 * c + i);
        image.getRaster().setPixels(0, 0, 40, 50, grey);
        ImageIO.write(image, "png", inner.resolve("p%d.JPEG".formatted(i)).toFile());
      }
      Files.writeString(inner.resolve("notes.txt"), "no picture");
    }
  }

  private ImageData read() throws InputException {
    return SMALL.read(folder, OptionalInt.empty());
  }

  private static int[] greys(ImageSource source) {
    return IntStream.range(0, source.size()).map(i -> source.pixels(i).at(1, 7, 9)).toArray();
  }

  @Test
  void asManyAsTheTestHasAreHeldOut() throws IOException {
    write("train", 3);
    write("val", 1);
    ImageData data = read();
    int[][] split = new NumpyRandom(1234).subsets(21, 9, 7);
    assertThat(data.classes()).isEqualTo(7);
    assertThat(data.training().size()).isEqualTo(9);
    assertThat(greys(data.training()))
        .containsExactly(IntStream.of(split[0]).map(n -> 20 * (n / 3) + n % 3).toArray());
    assertThat(greys(data.validation()))
        .containsExactly(IntStream.of(split[1]).map(n -> 20 * (n / 3) + n % 3).toArray());
    assertThat(greys(data.test())).containsExactlyInAnyOrder(0, 20, 40, 60, 80, 100, 120);
    for (int i = 0; i < 7; i++) {
      assertThat(data.test().pixels(i).at(0, 0, 0)).isEqualTo(20 * data.test().label(i));
    }
  }

  @Test
  void theAuthorsFoldersAreUsedAsTheyAre() throws IOException {
    write("train", 1);
    write("val", 2);
    write("test", 3);
    ImageData data = read();
    assertThat(data.training().size()).isEqualTo(7);
    assertThat(data.validation().size()).isEqualTo(14);
    assertThat(data.test().size()).isEqualTo(21);
  }

  @Test
  void aLimitKeepsTheFirst() throws IOException {
    write("train", 3);
    write("val", 1);
    ImageData data = SMALL.read(folder, OptionalInt.of(4));
    assertThat(data.training().size()).isEqualTo(4);
    assertThat(data.validation().size()).isEqualTo(4);
    assertThat(data.test().size()).isEqualTo(4);
    assertThat(greys(data.training()))
        .containsExactly(IntStream.of(greys(read().training())).limit(4).toArray());
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    refused("train is missing; put ImageNet's pictures there");
    write("train", 1);
    refused("val is missing; put ImageNet's pictures there");
    write("val", 1);
    refused("has 7 pictures and");
    write("train", 2);
    Files.createDirectories(folder.resolve("val/other"));
    refused("val/other has no .JPEG, .jpg or .png");
    Files.copy(folder.resolve("val/n00/p0.JPEG"), folder.resolve("val/other/p0.JPEG"));
    refused("train has 7 classes and");
  }

  private void refused(String why) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(this::read)
        .withMessageContaining(why);
  }

  @Test
  void aBrokenPictureEndsTheTrainingWithItsName() throws IOException {
    write("train", 2);
    write("val", 1);
    Path broken = folder.resolve("train/n03/p1.JPEG");
    Files.write(broken, new byte[] {1, 2, 3});
    ImageSource all =
        ClassFolders.list(folder.resolve("train")).chosen(SIDE, IntStream.range(0, 14).toArray());
    Batches batches = new Batches(all, Normalization.IMAGENET, 14, Augmentation.SHUFFLED, 1);
    try (Prefetch prefetch = new Prefetch(batches, 2)) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> prefetch.get(0))
          .withMessage(broken + " is no picture; fetch the file again");
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aTrainingCountsTheFiveHighestScores(Backend backend) throws IOException {
    write("train", 2);
    write("val", 1);
    ImageRow row =
        new ImageRow(
            "alig",
            0.1,
            "ResNet-10-16",
            0,
            0,
            0,
            50,
            4,
            2,
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
            2);
    try (Training training = ImageExperiment.prepare(SMALL, row, options)) {
      Map<String, Double> step = training.step(0).metrics().values();
      assertThat(step).containsOnlyKeys("loss", "accuracy", "accuracy@5");
      assertThat(step.get("accuracy@5")).isGreaterThanOrEqualTo(step.get("accuracy"));
      Map<String, Double> test = training.evaluate(Part.TEST).orElseThrow().values();
      assertThat(test).containsOnlyKeys("loss", "accuracy", "accuracy@5");
      assertThat(test.get("accuracy@5")).isBetween(test.get("accuracy"), 1.0);
      assertThat(training.counts()).containsEntry("training images", 7L);
    }
  }
}
