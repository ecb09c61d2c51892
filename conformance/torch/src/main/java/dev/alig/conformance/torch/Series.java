package dev.alig.conformance.torch;

import java.util.Arrays;

/** One number per step. */
final class Series {
  private final double[] values;

  Series(double... values) {
    this.values = values.clone();
  }

  double get(int k) {
    return values[k];
  }

  /** At each step, the larger of the two numbers. */
  Series or(Series other) {
    double[] larger = values.clone();
    Arrays.setAll(larger, k -> Math.max(values[k], other.values[k]));
    return new Series(larger);
  }

  /** At each step, the largest number so far. */
  Series soFar() {
    double[] largest = values.clone();
    for (int k = 1; k < largest.length; k++) {
      largest[k] = Math.max(largest[k], largest[k - 1]);
    }
    return new Series(largest);
  }

  /** At each step, the largest number of the steps at most {@code reach} away. */
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
