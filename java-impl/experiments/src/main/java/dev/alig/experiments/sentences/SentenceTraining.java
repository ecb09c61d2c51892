package dev.alig.experiments.sentences;

import dev.alig.experiments.Metrics;
import dev.alig.experiments.Part;
import dev.alig.experiments.Randomness;
import dev.alig.experiments.Snapshot;
import dev.alig.experiments.Step;
import dev.alig.experiments.Training;
import dev.alig.experiments.networks.ImageModel;
import dev.alig.experiments.networks.InferSentModel;
import dev.alig.experiments.networks.Loss;
import dev.alig.experiments.sentences.SnliData.Pairs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Trains InferSent on pairs of sentences.
 *
 * <p>Each epoch has a random order; its last batch may be smaller.
 */
final class SentenceTraining implements Training {
  private final SnliData data;
  private final InferSentModel model;
  private final Loss loss;
  private final int batchSize;
  private final int epochs;
  private final long seed;
  private long epoch = -1;
  private int[] order = {};

  SentenceTraining(
      SnliData data, InferSentModel model, Loss loss, int batchSize, int epochs, long seed) {
    this.data = data;
    this.model = model;
    this.loss = loss;
    this.batchSize = batchSize;
    this.epochs = epochs;
    this.seed = seed;
  }

  @Override
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("training pairs", (long) data.training().size());
    counts.put("validation pairs", (long) data.validation().size());
    counts.put("test pairs", (long) data.test().size());
    counts.put("pairs without a label, skipped", (long) data.skipped());
    counts.put("words", (long) data.words());
    counts.put("words with a vector", (long) data.known());
    counts.put("parameters", model.parameters());
    return counts;
  }

  @Override
  public int stepsPerEpoch() {
    return batches(data.training());
  }

  private int batches(Pairs pairs) {
    return (pairs.size() + batchSize - 1) / batchSize;
  }

  @Override
  public int epochs() {
    return epochs;
  }

  @Override
  public Step step(long index) {
    long wanted = index / stepsPerEpoch();
    if (wanted != epoch) {
      order = Randomness.order(seed, wanted, data.training().size());
      epoch = wanted;
    }
    Pairs pairs = data.training();
    int[] chosen = batch(order, (int) (index % stepsPerEpoch()));
    int[] labels = Arrays.stream(chosen).map(at -> pairs.labels()[at]).toArray();
    ImageModel.Outcome outcome =
        model.step(
            data.words(pairs.first(), chosen), data.words(pairs.second(), chosen), labels, index);
    return new Step(
        metrics(labels.length, outcome.loss(), ImageModel.correct(outcome.scores(), labels, 1)),
        outcome.stepSize(),
        outcome.unclippedStepSize(),
        outcome.gradientNorm(),
        outcome.parameterNorm());
  }

  private int[] batch(int[] from, int number) {
    int start = number * batchSize;
    return Arrays.copyOfRange(from, start, Math.min(start + batchSize, from.length));
  }

  private static Metrics metrics(int pairs, double meanLoss, int correct) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(Metrics.LOSS, meanLoss);
    values.put(Metrics.ACCURACY, (double) correct / pairs);
    return new Metrics(pairs, values);
  }

  /** In the order of the file and in batches of a step's size, since scores depend on the batch. */
  @Override
  public Optional<Metrics> evaluate(Part part) {
    Pairs pairs =
        switch (part) {
          case VALIDATION -> data.validation();
          case TEST -> data.test();
        };
    int[] all = IntStream.range(0, pairs.size()).toArray();
    double sum = 0;
    int correct = 0;
    for (int number = 0; number < batches(pairs); number++) {
      int[] chosen = batch(all, number);
      int[] labels = Arrays.stream(chosen).map(at -> pairs.labels()[at]).toArray();
      float[][] scores =
          model.scores(data.words(pairs.first(), chosen), data.words(pairs.second(), chosen));
      correct += ImageModel.correct(scores, labels, 1);
      for (int i = 0; i < labels.length; i++) {
        sum += loss.of(scores[i], labels[i]);
      }
    }
    return Optional.of(metrics(pairs.size(), sum / pairs.size(), correct));
  }

  @Override
  public Snapshot save() {
    return model.save();
  }

  @Override
  public void restore(Snapshot snapshot) {
    model.restore(snapshot);
  }

  /** Does nothing, because the garbage collector frees the memory of a graph. */
  @Override
  public void close() {}
}
