package dev.alig.experiments.images;

import dev.alig.experiments.Metrics;
import dev.alig.experiments.Part;
import dev.alig.experiments.Randomness;
import dev.alig.experiments.Snapshot;
import dev.alig.experiments.Step;
import dev.alig.experiments.Training;
import dev.alig.experiments.images.Batches.Augmentation;
import dev.alig.experiments.networks.ImageModel;
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
  private final Network network;
  private final ImageModel model;
  private final int epochs;
  private final long seed;

  ImageTraining(
      ImageData data, Batches batches, Network network, ImageModel model, int epochs, long seed) {
    this.data = data;
    this.batches = batches;
    this.prefetch = new Prefetch(batches);
    this.network = network;
    this.model = model;
    this.epochs = epochs;
    this.seed = seed;
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
        metrics(batch.labels().length, outcome.loss(), outcome.correct()),
        outcome.stepSize(),
        outcome.unclippedStepSize(),
        outcome.gradientNorm(),
        outcome.parameterNorm());
  }

  private static Metrics metrics(int images, double meanLoss, int correct) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(Metrics.LOSS, meanLoss);
    values.put(Metrics.ACCURACY, (double) correct / images);
    return new Metrics(images, values);
  }

  @Override
  public Optional<Metrics> evaluate(Part part) {
    ImageSet images =
        switch (part) {
          case VALIDATION -> data.validation();
          case TEST -> data.test();
        };
    if (images.size() == 0) {
      return Optional.empty();
    }
    Batches inOrder =
        new Batches(images, data.normalization(), EVALUATED_AT_ONCE, Augmentation.NONE, 0);
    double loss = 0;
    int correct = 0;
    try (Prefetch reader = new Prefetch(inOrder)) {
      for (int i = 0; i < inOrder.perEpoch(); i++) {
        Batch batch = reader.get(i);
        float[][] scores = model.scores(batch.pixels());
        correct += ImageModel.correct(scores, batch.labels());
        for (int image = 0; image < scores.length; image++) {
          loss += crossEntropy(scores[image], batch.labels()[image]);
        }
      }
    }
    return Optional.of(metrics(images.size(), loss / images.size(), correct));
  }

  /** log Σ exp(score) - score of the label, without overflow. */
  private static double crossEntropy(float[] scores, int label) {
    double most = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      most = Math.max(most, score);
    }
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score - most);
    }
    return most + Math.log(sum) - scores[label];
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
