package dev.alig.experiments.compare;

import java.util.List;

/**
 * The results of a network with one optimizer.
 *
 * @param method the optimizer's name
 * @param rate its learning rate, or maximal learning rate
 * @param epochs the results after each epoch
 */
record Result(String method, double rate, List<Epoch> epochs) {
  Epoch last() {
    return epochs.get(epochs.size() - 1);
  }

  double secondsAnEpoch() {
    return epochs.stream()
        .mapToDouble(Epoch::seconds)
        .sorted()
        .skip(epochs.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  /** Whether the final loss is better than another's; any loss is better than NaN. */
  boolean isBetterThan(Result other) {
    return last().loss() < other.last().loss() || Double.isNaN(other.last().loss());
  }
}
