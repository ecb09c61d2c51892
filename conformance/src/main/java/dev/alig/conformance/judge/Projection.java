package dev.alig.conformance.judge;

import dev.alig.conformance.DType;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.bounds.Ball;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.judge.Comparison.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a projection on the l2 ball: from parameters before it and after it, whether the branch
 * was legal and whether one legal factor, rounded to the dtype, explains every element to the bit.
 */
final class Projection {
  /** Candidates on each side of the factor that the largest element suggests. */
  private static final int NEIGHBOURS = 4;

  private final Comparison comparison;
  private final DType dtype;

  Projection(Comparison comparison, DType dtype) {
    this.comparison = comparison;
    this.dtype = dtype;
  }

  /** Compares {@code after} with what projecting {@code before} may give. */
  void check(Side side, int step, Ball ball, List<List<Tensor>> before, List<List<Tensor>> after) {
    List<Tensor> from = before.stream().flatMap(List::stream).toList();
    List<Tensor> to = after.stream().flatMap(List::stream).toList();
    if (!ball.mayScale()) {
      comparison.sameParameters(
          side, step, before, after, "nothing: the parameters lie in the ball");
      return;
    }
    if (ball.mayKeep() && from.equals(to)) {
      comparison.sameParameters(side, step, before, after, "");
      return;
    }
    Optional<Double> factor = factorThatExplains(from, to, ball);
    if (factor.isPresent()) {
      comparison.noteRatio(side, ball.factor(), factor.get());
      comparison.sameParameters(side, step, after, after, "");
      return;
    }
    reportAgainst(side, step, before, after, ball);
  }

  private Optional<Double> factorThatExplains(List<Tensor> from, List<Tensor> to, Ball ball) {
    for (double candidate : candidates(from, to, ball.factor())) {
      if (ball.factor().accepts(candidate) && explains(candidate, from, to, ball)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private boolean explains(double factor, List<Tensor> from, List<Tensor> to, Ball ball) {
    List<Tensor> scaled = scaled(from, factor);
    return scaled.equals(to) || (ball.flushes() && sameButFlushed(from, scaled, to));
  }

  /** The same, but for zeros where an element was denormal before or after. */
  private boolean sameButFlushed(List<Tensor> from, List<Tensor> scaled, List<Tensor> to) {
    for (int t = 0; t < from.size(); t++) {
      for (int e = 0; e < from.get(t).size(); e++) {
        double found = to.get(t).get(e);
        boolean flushed =
            found == 0 && (isDenormal(from.get(t).get(e)) || isDenormal(scaled.get(t).get(e)));
        if (!flushed && !DType.same(scaled.get(t).get(e), found)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isDenormal(double value) {
    return Math.abs(value) < dtype.smallestNormal();
  }

  /**
   * The factors near the quotient of the element that is largest afterwards; where all are zero
   * afterwards, any legal factor will do.
   */
  private List<Double> candidates(List<Tensor> from, List<Tensor> to, Bounded legal) {
    double numerator = 0;
    double denominator = 1;
    for (int t = 0; t < from.size(); t++) {
      for (int e = 0; e < from.get(t).size(); e++) {
        double value = Math.abs(to.get(t).get(e));
        if (value > numerator && !Double.isInfinite(from.get(t).get(e))) {
          numerator = value;
          denominator = Math.abs(from.get(t).get(e));
        }
      }
    }
    double factor = dtype.round(numerator / denominator);
    List<Double> candidates = new ArrayList<>(List.of(0.0, -0.0, Double.NaN, legal.low(), factor));
    double above = factor;
    double below = factor;
    for (int i = 0; i < NEIGHBOURS; i++) {
      above = dtype.up(above);
      below = dtype.down(below);
      candidates.add(above);
      candidates.add(below);
    }
    return candidates;
  }

  private List<Tensor> scaled(List<Tensor> tensors, double factor) {
    List<Tensor> scaled = new ArrayList<>();
    for (Tensor tensor : tensors) {
      double[] values = tensor.toArray();
      for (int e = 0; e < values.length; e++) {
        values[e] = dtype.round(values[e] * factor);
      }
      scaled.add(Tensor.of(tensor.shape(), values));
    }
    return scaled;
  }

  private void reportAgainst(
      Side side, int step, List<List<Tensor>> before, List<List<Tensor>> after, Ball ball) {
    double factor =
        ball.factor().exact().map(exact -> exact.rounded(dtype)).orElse(ball.factor().low());
    String because =
        "one factor in %s for all elements, each rounded once; shown for the factor %s"
            .formatted(ball.factor(), factor);
    List<List<Tensor>> expected = before.stream().map(group -> scaled(group, factor)).toList();
    comparison.sameParameters(side, step, expected, after, because);
    if (!comparison.hasDifference()) {
      comparison.differ(
          "step " + step, "one legal factor for all elements", "no such factor", because);
    }
  }
}
