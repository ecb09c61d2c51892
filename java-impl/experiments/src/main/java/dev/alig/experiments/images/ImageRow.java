package dev.alig.experiments.images;

import dev.alig.experiments.Row;
import dev.alig.experiments.networks.Network;
import dev.alig.experiments.networks.OptimizerSettings;
import java.util.Map;

/**
 * A row of an experiment on images.
 *
 * @param optimizer {@code alig}, or a name of {@link OptimizerSettings.Flat}
 * @param learningRate the learning rate; for ALI-G its cap, infinite for none
 * @param network {@code WRN-depth-width}, {@code DN-depth-growth} or {@code ResNet-depth-width}
 * @param dropout the dropout rate of a WRN; 0 for other networks
 * @param momentum the momentum of ALI-G, SGD or BPGrad
 * @param weightDecay the weight decay, which acts on all parameters; 0 for ALI-G
 * @param ball the radius of ALI-G's ball; infinite for none
 * @param batchSize the number of images per step
 * @param epochs the number of passes over all images
 * @param augmented whether images are shifted and mirrored
 * @param source the source of the authors' setting
 * @param published the authors' published results
 */
record ImageRow(
    String optimizer,
    double learningRate,
    String network,
    double dropout,
    double momentum,
    double weightDecay,
    double ball,
    int batchSize,
    int epochs,
    boolean augmented,
    String source,
    Map<String, Double> published)
    implements Row {
  ImageRow {
    published = Map.copyOf(published);
    requirePositive("batch_size", batchSize);
    requirePositive("epochs", epochs);
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("learning_rate must be > 0, was " + learningRate);
    }
    // Any number of classes works for this check.
    Network.of(network, dropout, 10);
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException("weight_decay must be >= 0, was " + weightDecay);
    }
    settings(optimizer, learningRate, momentum, weightDecay, ball);
  }

  @Override
  public double rate() {
    return learningRate;
  }

  @Override
  public String title() {
    return network;
  }

  Network network(int classes) {
    return Network.of(network, dropout, classes);
  }

  OptimizerSettings settings() {
    return settings(optimizer, learningRate, momentum, weightDecay, ball);
  }

  /** The frameworks have SGD and Adam as they are; for weight decay a flat array is needed. */
  private static OptimizerSettings settings(
      String optimizer, double rate, double momentum, double decay, double ball) {
    boolean own = optimizer.equals("alig");
    if (own && decay != 0) {
      throw new IllegalArgumentException("weight_decay of alig must be 0, was " + decay);
    }
    if (own) {
      return new OptimizerSettings.AliG(rate, momentum, ball);
    }
    if (decay == 0 && optimizer.equals("sgd")) {
      return new OptimizerSettings.Sgd(rate, momentum);
    }
    return decay == 0 && optimizer.equals("adam")
        ? new OptimizerSettings.Adam(rate)
        : new OptimizerSettings.Flat(optimizer, rate, momentum, decay);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, was " + value);
    }
  }
}
