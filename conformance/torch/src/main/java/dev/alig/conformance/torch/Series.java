package dev.alig.conformance.torch;

import java.util.Arrays;

/** A number for each of several steps. */
final class Series {
  private final double[] values;

  Series(double... values) {
    this.values = values.clone();
  }

  double get(int k) {
    return values[k];
  }

  /** The larger of two at each step. */
  Series or(Series other) {
    double[] larger = values.clone();
    Arrays.setAll(larger, k -> Math.max(values[k], other.values[k]));
    return new Series(larger);
  }

  /** The largest from the first step to each step. */
  Series soFar() {
    double[] largest = values.clone();
    for (int k = 1; k < largest.length; k++) {
      largest[k] = Math.max(largest[k], largest[k - 1]);
    }
    return new Series(largest);
  }

  /** The largest of the steps at most {@code reach} away from each step. */
  Series around(int reach) {
    double[] largest = new double[values.length];
    for (int k = 0; k < largest.length; k++) {
      for (int j = Math.max(0, k - reach); j <= Math.min(k + reach, largest.length - 1); j++) {
        largest[k] = Math.max(largest[k], values[j]);
      }
    }
    return new Series(largest);
  }

  Series times(double factor) {
    return new Series(Arrays.stream(values).map(value -> value * factor).toArray());
  }

  Series times(Series factors) {
    double[] products = values.clone();
    Arrays.setAll(products, k -> values[k] * factors.values[k]);
    return new Series(products);
  }
}
