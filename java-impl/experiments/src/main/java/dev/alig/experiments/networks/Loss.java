package dev.alig.experiments.networks;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A loss of the scores of an example. The loss of a batch is the mean over its examples. */
public sealed interface Loss {
  /** The cross-entropy. */
  Loss CROSS_ENTROPY = new CrossEntropy();

  /** The multi-class hinge loss. */
  Loss HINGE = new Hinge();

  /**
   * The loss of one example.
   *
   * @param scores one per class
   * @param label its class
   */
  double of(float[] scores, int label);

  /** An example counts as right if its label is among so many classes with the highest scores. */
  int places();

  /** -log(softmax(s)_y) = log Σ exp(s_j) - s_y. */
  record CrossEntropy() implements Loss {
    /** Does not overflow. */
    @Override
    public double of(float[] scores, int label) {
      double most = Double.NEGATIVE_INFINITY;
      for (float score : scores) {
        most = Math.max(most, score);
      }
      double sum = 0;
      for (float score : scores) {
        sum += Math.exp(score - most);
      }
      return most + Math.log(sum) - scores[label];
    }

    @Override
    public int places() {
      return 1;
    }
  }

  /** max_j(s_j + [j ≠ y]) - s_y. */
  record Hinge() implements Loss {
    @Override
    public double of(float[] scores, int label) {
      double most = scores[label];
      for (int j = 0; j < scores.length; j++) {
        most = Math.max(most, scores[j] + (j == label ? 0.0 : 1.0));
      }
      return most - scores[label];
    }

    @Override
    public int places() {
      return 1;
    }
  }

  /**
   * The truncated cross-entropy of the {@code places} highest scores, with temperature 1.
   *
   * <p>log(1 + Σ exp(min(s_j - s_y, 80))). The sum is over the classes j that are neither the label
   * y nor among the highest scores (Amos, Koltun and Kolter, arXiv:1906.08707, as the authors of
   * ALI-G have it).
   *
   * <ul>
   *   <li>Of equal scores, that of the lower class is the higher.
   *   <li>With as many places as classes or more, the loss is 0.
   *   <li>A score that exceeds that of y by more than {@value #MOST} passes no gradient.
   *   <li>The loss jumps if y leaves the highest scores, because another class takes its place.
   * </ul>
   */
  record Truncated(int places) implements Loss {
    /** Where the difference of two scores is cut off; exp(80) is a finite float. */
    static final double MOST = 80;

    /** Checks the number. */
    public Truncated {
      if (places < 1) {
        throw new IllegalArgumentException("places must be >= 1, was " + places);
      }
    }

    @Override
    public double of(float[] scores, int label) {
      double[] doubles = IntStream.range(0, scores.length).mapToDouble(i -> scores[i]).toArray();
      return Math.log1p(sum(terms(doubles, label)));
    }

    /** The terms of the sum, one per class. Those that do not count are 0. */
    double[] terms(double[] scores, int label) {
      double[] terms = new double[scores.length];
      if (places >= scores.length) {
        return terms;
      }
      double[] sorted = scores.clone();
      Arrays.sort(sorted);
      double lowest = sorted[scores.length - places];
      long tied = places - Arrays.stream(scores).filter(score -> score > lowest).count();
      for (int j = 0; j < scores.length; j++) {
        boolean highest = scores[j] > lowest || (scores[j] == lowest && tied-- > 0);
        if (j != label && !highest) {
          terms[j] = Math.exp(Math.min(scores[j] - scores[label], MOST));
        }
      }
      return terms;
    }

    static double sum(double[] terms) {
      double sum = 0;
      for (double term : terms) {
        sum += term;
      }
      return sum;
    }
  }
}
