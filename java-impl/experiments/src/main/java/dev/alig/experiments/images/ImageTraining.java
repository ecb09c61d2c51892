package dev.alig.experiments.images;

import dev.alig.experiments.Metrics;
import dev.alig.experiments.Part;
import dev.alig.experiments.Randomness;
import dev.alig.experiments.Snapshot;
import dev.alig.experiments.Step;
import dev.alig.experiments.Training;
import dev.alig.experiments.images.Batches.Augmentation;
import dev.alig.experiments.networks.ImageModel;
import dev.alig.experiments.networks.Loss;
import dev.alig.experiments.networks.Network;
import dev.alig.experiments.networks.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Trains a model on images. */
final class ImageTraining implements Training {
  private static final int EVALUATED_AT_ONCE = 128;

  private final ImageData data;
  private final Batches batches;
  private final Prefetch prefetch;
  private final Loss loss;
  private final Network network;
  private final ImageModel model;
  private final int epochs;
  private final long seed;
  private final int threads;

  /**
   * Prepares a training.
   *
   * @param loss the loss that the model minimizes
   * @param threads the number of threads that read images
   */
  ImageTraining(
      ImageData data,
      Batches batches,
      Loss loss,
      Network network,
      ImageModel model,
      int epochs,
      long seed,
      int threads) {
    this.data = data;
    this.batches = batches;
    this.prefetch = new Prefetch(batches, threads);
    this.loss = loss;
    this.network = network;
    this.model = model;
    this.epochs = epochs;
    this.seed = seed;
    this.threads = threads;
  }

  @Override
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("training images", (long) data.training().size());
    counts.put("validation images", (long) data.validation().size());
    counts.put("test images", (long) data.test().size());
    counts.put("parameters", Parameters.count(network, data.training().shape().channels()));
    return counts;
  }

  @Override
  public int stepsPerEpoch() {
    return batches.perEpoch();
  }

  @Override
  public int epochs() {
    return epochs;
  }

  @Override
  public Step step(long index) {
    Batch batch = prefetch.get(index);
    long dropout = Randomness.of(seed, "dropout", index).nextLong();
    ImageModel.Outcome outcome = model.step(batch.pixels(), batch.labels(), dropout, index);
    return new Step(
        metrics(outcome.loss(), new Right(loss).with(outcome.scores(), batch.labels())),
        outcome.stepSize(),
        outcome.unclippedStepSize(),
        outcome.gradientNorm(),
        outcome.parameterNorm());
  }

  /** How many images were scored, and how many of them rightly. */
  private record Right(Loss loss, long images, long first, long within) {
    Right(Loss loss) {
      this(loss, 0, 0, 0);
    }

    Right with(float[][] scores, int[] labels) {
      return new Right(
          loss,
          images + labels.length,
          first + ImageModel.correct(scores, labels, 1),
          within + ImageModel.correct(scores, labels, loss.places()));
    }
  }

  private static Metrics metrics(double meanLoss, Right right) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(Metrics.LOSS, meanLoss);
    values.put(Metrics.ACCURACY, (double) right.first / right.images);
    int places = right.loss.places();
    if (places > 1) {
      values.put(Metrics.ACCURACY + "@" + places, (double) right.within / right.images);
    }
    return new Metrics(right.images, values);
  }

  @Override
  public Optional<Metrics> evaluate(Part part) {
    ImageSource images =
        switch (part) {
          case VALIDATION -> data.validation();
          case TEST -> data.test();
        };
    if (images.size() == 0) {
      return Optional.empty();
    }
    Batches inOrder =
        new Batches(images, data.normalization(), EVALUATED_AT_ONCE, Augmentation.NONE, 0);
    double sum = 0;
    Right right = new Right(loss);
    try (Prefetch reader = new Prefetch(inOrder, threads)) {
      for (int i = 0; i < inOrder.perEpoch(); i++) {
        Batch batch = reader.get(i);
        float[][] scores = model.scores(batch.pixels());
        right = right.with(scores, batch.labels());
        for (int image = 0; image < scores.length; image++) {
          sum += loss.of(scores[image], batch.labels()[image]);
        }
      }
    }
    return Optional.of(metrics(sum / images.size(), right));
  }

  @Override
  public Snapshot save() {
    return model.save();
  }

  @Override
  public void restore(Snapshot snapshot) {
    model.restore(snapshot);
  }

  @Override
  public void close() {
    prefetch.close();
    model.close();
  }
}
