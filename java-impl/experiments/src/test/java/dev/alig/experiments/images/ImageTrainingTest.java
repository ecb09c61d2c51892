package dev.alig.experiments.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.experiments.Backend;
import dev.alig.experiments.Metrics;
import dev.alig.experiments.Options;
import dev.alig.experiments.Part;
import dev.alig.experiments.Snapshot;
import dev.alig.experiments.Step;
import dev.alig.experiments.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageTrainingTest {
  private static final ImageRow ROW =
      new ImageRow(
          "alig",
          0.1,
          "WRN-10-1",
          0.4,
          0.9,
          0,
          50,
          6,
          5,
          true,
          "no setting of the authors",
          Map.of());

  /** Twenty images of two classes, dark and bright; eight for training need two steps an epoch. */
  private static final Dataset TWO_KINDS =
      (folder, limit) -> {
        byte[] labels = new byte[20];
        byte[] pixels = new byte[20 * Images.COLORED_32.size()];
        Random random = new Random(1);
        for (int i = 0; i < pixels.length; i++) {
          int image = i / Images.COLORED_32.size();
          labels[image] = (byte) (image % 2);
          pixels[i] = (byte) (random.nextInt(100) + 150 * (image % 2));
        }
        Images images =
            new Images(Images.COLORED_32, index -> pixels[index], Images.Order.ROWS, labels);
        return new ImageData(
            ImageSet.of(images, IntStream.range(0, 8).toArray()),
            ImageSet.of(images, 8, 9, 10, 11),
            ImageSet.of(images, IntStream.range(12, 20).toArray()),
            2,
            Normalization.CIFAR);
      };

  private static Training training(Backend backend, long seed) throws IOException {
    Options options =
        new Options(
            Optional.of(Path.of("unused")),
            backend,
            seed,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            2);
    return ImageExperiment.prepare(TWO_KINDS, ROW, options);
  }

  private static List<Step> steps(Training training, int from, int to) {
    List<Step> steps = new ArrayList<>();
    for (int index = from; index < to; index++) {
      steps.add(training.step(index));
    }
    return steps;
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aResumedRunIsBitForBitTheOneThatWasNot(Backend backend) throws IOException {
    try (Training whole = training(backend, 7);
        Training resumed = training(backend, 7)) {
      steps(whole, 0, 3);
      Snapshot middle = whole.save();
      List<Step> expected = steps(whole, 3, 6);
      resumed.restore(middle);
      assertThat(steps(resumed, 3, 6)).isEqualTo(expected);
      whole
          .save()
          .arrays()
          .forEach((name, bytes) -> assertThat(resumed.save().arrays().get(name)).isEqualTo(bytes));
      assertThat(resumed.evaluate(Part.TEST)).isEqualTo(whole.evaluate(Part.TEST));
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void itLearnsAndCounts(Backend backend) throws IOException {
    try (Training training = training(backend, 7)) {
      assertThat(training.stepsPerEpoch()).isEqualTo(2);
      assertThat(training.epochs()).isEqualTo(5);
      // The network for ten classes has 77,850 parameters; eight classes less leave out 8 * 65.
      assertThat(training.counts())
          .containsEntry("training images", 8L)
          .containsEntry("validation images", 4L)
          .containsEntry("test images", 8L)
          .containsEntry("parameters", 77_850L - 8 * 65);
      Step first = training.step(0);
      assertThat(first.metrics().examples()).isEqualTo(6);
      assertThat(training.step(1).metrics().examples()).isEqualTo(2);
      List<Step> others = steps(training, 2, 60);
      // Of the batches of six: batch normalization leaves little of an image in a batch of two.
      double late =
          others.stream()
              .filter(step -> step.metrics().examples() == 6)
              .skip(24)
              .mapToDouble(step -> step.metrics().loss())
              .average()
              .orElseThrow();
      assertThat(late).isLessThan(first.metrics().loss() / 2);
      Metrics test = training.evaluate(Part.TEST).orElseThrow();
      assertThat(test.examples()).isEqualTo(8);
      assertThat(test.values()).containsEntry(Metrics.ACCURACY, 1.0);
      assertThat(training.evaluate(Part.VALIDATION).orElseThrow().examples()).isEqualTo(4);
    }
  }
}
