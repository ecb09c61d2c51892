package dev.alig.benchmark.race;

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
public record Quartiles(double q1, double median, double q3) {
  /** Refuses what is not in order, NaN with it. */
  public Quartiles {
    if (!(q1 <= median && median <= q3)) {
      throw new IllegalArgumentException(
          "quartiles must be in order, were %s, %s, %s".formatted(q1, median, q3));
    }
  }

  /**
   * Those of some samples.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Quartiles of(List<Double> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("there are no samples");
    }
    Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
    percentile.setData(samples.stream().mapToDouble(Double::doubleValue).toArray());
    return new Quartiles(percentile.evaluate(25), percentile.evaluate(50), percentile.evaluate(75));
  }

  /** Those of the ratios of samples that belong together. */
  public static Quartiles ofRatios(List<Double> above, List<Double> below) {
    if (above.size() != below.size()) {
      throw new IllegalArgumentException(
          "%d samples cannot be divided by %d".formatted(above.size(), below.size()));
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < above.size(); i++) {
      ratios.add(above.get(i) / below.get(i));
    }
    return of(ratios);
  }
}
