package dev.alig.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Median and quartiles of samples.
 *
 * <p>Between two samples they are interpolated linearly, R's type 7 (R. J. Hyndman, Y. Fan, "Sample
 * Quantiles in Statistical Packages", The American Statistician 50(4), 1996).
 */
record Quartiles(double q1, double median, double q3) {
  Quartiles {
    if (!(q1 <= median && median <= q3)) {
      throw new IllegalArgumentException(
          "quartiles must be in order, were %s, %s, %s".formatted(q1, median, q3));
    }
  }

  /** Those of some samples, of which there must be one at least. */
  static Quartiles of(List<Double> samples) {
    Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
    percentile.setData(samples.stream().mapToDouble(Double::doubleValue).toArray());
    return new Quartiles(percentile.evaluate(25), percentile.evaluate(50), percentile.evaluate(75));
  }

  /** Those of the ratios of samples of the same rounds. */
  static Quartiles ofRatios(List<Double> above, List<Double> below) {
    if (above.size() != below.size()) {
      throw new IllegalArgumentException(
          "%d samples cannot be divided by %d".formatted(above.size(), below.size()));
    }
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < above.size(); round++) {
      ratios.add(above.get(round) / below.get(round));
    }
    return of(ratios);
  }
}
