package dev.alig.comparison;

import java.util.List;

/**
 * How a network fared under one optimizer.
 *
 * @param method the optimizer's name
 * @param rate its learning rate, or maximal learning rate
 * @param epochs what was reached after each epoch
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

  /** Whether the loss is below another's; one that diverged to NaN never is. */
  boolean isBetterThan(Result other) {
    return last().loss() < other.last().loss() || Double.isNaN(other.last().loss());
  }
}
