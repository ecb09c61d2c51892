package dev.alig.experiments.sentences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alig.experiments.Backend;
import dev.alig.experiments.Metrics;
import dev.alig.experiments.Options;
import dev.alig.experiments.Part;
import dev.alig.experiments.Snapshot;
import dev.alig.experiments.Step;
import dev.alig.experiments.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTrainingTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    TinySentences.write(folder, 20);
  }

  private static SentenceRow row(String optimizer, String loss) {
    double rate = optimizer.equals("adam") ? 0.02 : 1;
    double ball = Double.POSITIVE_INFINITY;
    return new SentenceRow(
        optimizer, rate, loss, 8, 5, ball, 5, 6, 5, "no setting of the authors", Map.of());
  }

  private Training training(SentenceRow row, long seed) throws IOException {
    Options options =
        new Options(
            Optional.of(folder),
            Backend.DL4J,
            seed,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            1);
    return Snli.prepare(row, options, TinySentences.WORD_SIZE);
  }

  private static List<Step> steps(Training training, int from, int to) {
    List<Step> steps = new ArrayList<>();
    for (int index = from; index < to; index++) {
      steps.add(training.step(index));
    }
    return steps;
  }

  @ParameterizedTest
  @CsvSource({"alig, cross_entropy", "alig, hinge", "adam, cross_entropy"})
  void aResumedRunIsBitForBitTheOneThatWasNot(String optimizer, String loss) throws IOException {
    try (Training whole = training(row(optimizer, loss), 7);
        Training resumed = training(row(optimizer, loss), 7)) {
      steps(whole, 0, 4);
      Snapshot middle = whole.save();
      List<Step> expected = steps(whole, 4, 8);
      resumed.restore(middle);
      assertThat(steps(resumed, 4, 8)).isEqualTo(expected);
      whole
          .save()
          .arrays()
          .forEach((name, bytes) -> assertThat(resumed.save().arrays().get(name)).isEqualTo(bytes));
      assertThat(resumed.evaluate(Part.TEST)).isEqualTo(whole.evaluate(Part.TEST));
    }
  }

  @ParameterizedTest
  @CsvSource({"alig, cross_entropy", "adam, hinge"})
  void itLearnsAndCounts(String optimizer, String loss) throws IOException {
    try (Training training = training(row(optimizer, loss), 7)) {
      assertThat(training.stepsPerEpoch()).isEqualTo(3);
      assertThat(training.epochs()).isEqualTo(5);
      // LSTM: 2 · 32 · (4 + 8 + 2); linear: 64 · 5 + 5, 5 · 5 + 5, 5 · 3 + 3.
      assertThat(training.counts())
          .containsEntry("training pairs", 16L)
          .containsEntry("validation pairs", 5L)
          .containsEntry("test pairs", 4L)
          .containsEntry("pairs without a label, skipped", 5L)
          .containsEntry("words", 7L)
          .containsEntry("words with a vector", 5L)
          .containsEntry("parameters", 896L + 325 + 30 + 18);
      Step first = training.step(0);
      assertThat(first.metrics().examples()).isEqualTo(6);
      assertThat(training.step(2).metrics().examples()).isEqualTo(4);
      double before = training.evaluate(Part.TEST).orElseThrow().loss();
      steps(training, 3, 120);
      Metrics test = training.evaluate(Part.TEST).orElseThrow();
      assertThat(test.examples()).isEqualTo(4);
      assertThat(test.loss()).isLessThan(before / 2);
      assertThat(test.values().get(Metrics.ACCURACY)).isGreaterThan(0.5);
    }
  }

  /** The evaluation computes the loss itself, and the step reports that of Deeplearning4j. */
  @ParameterizedTest
  @CsvSource({"cross_entropy", "hinge"})
  void evaluationAndStepsHaveTheSameLoss(String loss) throws IOException {
    SentenceRow large = new SentenceRow("adam", 1e-9, loss, 8, 5, 1, 1, 100, 1, "none", Map.of());
    Files.copy(
        folder.resolve("snli_1.0_train.jsonl"),
        folder.resolve("snli_1.0_dev.jsonl"),
        StandardCopyOption.REPLACE_EXISTING);
    try (Training training = training(large, 1)) {
      double evaluated = training.evaluate(Part.VALIDATION).orElseThrow().loss();
      // A sum of 16 losses in FLOAT, each of some twenty roundings.
      assertThat(training.step(0).metrics().loss()).isCloseTo(evaluated, within(1e-5 * evaluated));
    }
  }

  private static Offset<Double> within(double distance) {
    return Offset.offset(distance);
  }

  @Test
  void theBallHoldsTheParametersFromTheStart() throws IOException {
    SentenceRow inBall = new SentenceRow("alig", 1, "hinge", 8, 5, 0.5, 1, 6, 1, "none", Map.of());
    try (Training training = training(inBall, 1)) {
      double norm = training.step(0).parameterNorm();
      assertThat(norm).isLessThan(0.5 * (1 + 100 * 0x1p-24)).isGreaterThan(0.4);
    }
  }

  /** A gradient of 1e-12 is small beside Adam's eps of 1e-8, so the step is short. */
  @Test
  void adamsGradientIsClipped() throws IOException {
    SentenceRow free = new SentenceRow("adam", 0.1, "hinge", 8, 5, 1, 100, 6, 1, "none", Map.of());
    SentenceRow clipped =
        new SentenceRow("adam", 0.1, "hinge", 8, 5, 1, 1e-12, 6, 1, "none", Map.of());
    try (Training whole = training(free, 1);
        Training held = training(clipped, 1)) {
      double start = whole.evaluate(Part.TEST).orElseThrow().loss();
      whole.step(0);
      held.step(0);
      double moved = Math.abs(whole.evaluate(Part.TEST).orElseThrow().loss() - start);
      double heldBack = Math.abs(held.evaluate(Part.TEST).orElseThrow().loss() - start);
      assertThat(heldBack).isLessThan(moved / 100);
    }
  }

  @Test
  void theStateOfAnotherNetworkIsRefused() throws IOException {
    SentenceRow other = new SentenceRow("alig", 1, "hinge", 4, 5, 1, 1, 6, 1, "none", Map.of());
    try (Training small = training(other, 1);
        Training large = training(row("alig", "hinge"), 1)) {
      Snapshot saved = small.save();
      assertThatIllegalArgumentException().isThrownBy(() -> large.restore(saved));
    }
  }
}
