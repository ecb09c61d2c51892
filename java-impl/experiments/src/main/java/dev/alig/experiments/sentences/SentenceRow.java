package dev.alig.experiments.sentences;

import dev.alig.experiments.Row;
import dev.alig.experiments.networks.InferSent;
import dev.alig.experiments.networks.Loss;
import dev.alig.experiments.networks.OptimizerSettings;
import java.util.Map;

/**
 * A row of an experiment on sentence pairs.
 *
 * @param optimizer {@code alig} or {@code adam}
 * @param learningRate the learning rate; for ALI-G its cap, infinite for none
 * @param loss {@code cross_entropy} or {@code hinge}
 * @param hidden the size of the LSTM in each direction
 * @param classifier the size of the two inner linear layers
 * @param ball the radius of ALI-G's ball; infinite for none
 * @param clip the norm that the gradient of other optimizers is scaled down to; infinite for none
 * @param batchSize the number of pairs per step
 * @param epochs the number of passes over all pairs
 * @param source the source of the authors' setting
 * @param published the authors' published results
 */
record SentenceRow(
    String optimizer,
    double learningRate,
    String loss,
    int hidden,
    int classifier,
    double ball,
    double clip,
    int batchSize,
    int epochs,
    String source,
    Map<String, Double> published)
    implements Row {
  SentenceRow {
    published = Map.copyOf(published);
    requirePositive("hidden", hidden);
    requirePositive("classifier", classifier);
    requirePositive("batch_size", batchSize);
    requirePositive("epochs", epochs);
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("learning_rate must be > 0, was " + learningRate);
    }
    if (!(clip > 0)) {
      throw new IllegalArgumentException("clip must be > 0, was " + clip);
    }
    loss(loss);
    settings(optimizer, learningRate, ball);
  }

  @Override
  public double rate() {
    return learningRate;
  }

  @Override
  public String title() {
    String ballText =
        !optimizer.equals("alig")
            ? ""
            : ball == Double.POSITIVE_INFINITY ? ", no ball" : ", ball " + (float) ball;
    return "InferSent-%d %s%s"
        .formatted(hidden, loss.replace('_', '-'), ballText)
        .replaceFirst("\\.0$", "");
  }

  InferSent network(int wordSize) {
    return new InferSent(wordSize, hidden, classifier, loss(loss));
  }

  OptimizerSettings settings() {
    return settings(optimizer, learningRate, ball);
  }

  private static Loss loss(String name) {
    return switch (name) {
      case "cross_entropy" -> Loss.CROSS_ENTROPY;
      case "hinge" -> Loss.HINGE;
      default ->
          throw new IllegalArgumentException("loss must be cross_entropy or hinge, was " + name);
    };
  }

  private static OptimizerSettings settings(String optimizer, double rate, double ball) {
    return switch (optimizer) {
      case "alig" -> new OptimizerSettings.AliG(rate, 0, ball);
      case "adam" -> new OptimizerSettings.Adam(rate);
      default ->
          throw new IllegalArgumentException("optimizer must be alig or adam, was " + optimizer);
    };
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, was " + value);
    }
  }
}
