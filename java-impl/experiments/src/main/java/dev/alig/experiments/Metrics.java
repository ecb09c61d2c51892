package dev.alig.experiments;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Means over examples.
 *
 * @param examples the number of examples
 * @param values the means by name; {@code loss} is always there; {@code accuracy}, from 0 to 1, is
 *     there if it chooses the best model
 */
public record Metrics(long examples, Map<String, Double> values) {
  /** The name of the loss. */
  public static final String LOSS = "loss";

  /** The name of the accuracy, which is the share of examples that the model got right. */
  public static final String ACCURACY = "accuracy";

  /** Copies the values in their order. */
  public Metrics {
    if (examples < 1) {
      throw new IllegalArgumentException("examples must be >= 1, was " + examples);
    }
    if (!values.containsKey(LOSS)) {
      throw new IllegalArgumentException("values must have a " + LOSS + ", had " + values.keySet());
    }
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The loss. */
  public double loss() {
    return values.getOrDefault(LOSS, Double.NaN);
  }
}
