package dev.alig.conformance.judge;

import dev.alig.conformance.bounds.Ball;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Place;
import dev.alig.conformance.model.Place.Quantity;
import dev.alig.conformance.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a projection on the l2 ball: the branch must be legal, and one legal factor, rounded to
 * the dtype, must give every element to the bit.
 *
 * @param comparison compares the numbers
 * @param ball what may become of the parameters before the projection
 */
record Projection(Comparison comparison, Ball ball) {
  /** Candidates on each side of the factor that the largest element suggests. */
  private static final int NEIGHBOURS = 4;

  /** Compares {@code after} with what projecting {@code before} may give. */
  void check(int step, List<List<Tensor>> before, List<List<Tensor>> after) {
    List<Tensor> from = before.stream().flatMap(List::stream).toList();
    List<Tensor> to = after.stream().flatMap(List::stream).toList();
    if (!ball.mayScale()) {
      comparison.sameParameters(step, before, after, "nothing: the parameters lie in the ball");
      return;
    }
    if (ball.mayKeep() && from.equals(to)) {
      comparison.sameParameters(step, before, after, "");
      return;
    }
    Optional<Double> factor =
        candidates(from, to).stream()
            .filter(candidate -> ball.factor().accepts(candidate) && explains(candidate, from, to))
            .findFirst();
    if (factor.isPresent()) {
      comparison.results().note(comparison.side(), ball.factor(), factor.get());
      compare(step, before, after, factor.get());
    } else {
      report(step, before, after);
    }
  }

  /** Each number with what the factor makes of it; one that may be flushed may be zero. */
  private void compare(
      int step, List<List<Tensor>> before, List<List<Tensor>> after, double factor) {
    for (int g = 0; g < before.size(); g++) {
      for (int i = 0; i < before.get(g).size(); i++) {
        Place place = new Place(step, Quantity.PARAMETER, g, i, 0);
        Tensor from = before.get(g).get(i);
        Tensor to = after.get(g).get(i);
        for (int e = 0; e < from.size(); e++) {
          double scaled = round(from.get(e) * factor);
          double found = to.get(e);
          double wanted = isFlushed(from.get(e), scaled, found) ? found : scaled;
          comparison.same(place.at(e), wanted, found, "one factor");
        }
      }
    }
  }

  private boolean isFlushed(double from, double scaled, double found) {
    return ball.flushes() && found == 0 && (isDenormal(from) || isDenormal(scaled));
  }

  private boolean isDenormal(double value) {
    return Math.abs(value) < comparison.dtype().smallestNormal();
  }

  /** Whether scaling by a factor gives every element, except those that may be flushed to zero. */
  private boolean explains(double factor, List<Tensor> from, List<Tensor> to) {
    for (int t = 0; t < from.size(); t++) {
      for (int e = 0; e < from.get(t).size(); e++) {
        double before = from.get(t).get(e);
        double scaled = round(before * factor);
        double found = to.get(t).get(e);
        if (!isFlushed(before, scaled, found) && !DType.same(scaled, found)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The factors near the quotient of the element that is largest afterwards. If all are zero
   * afterwards, any legal factor will do.
   */
  private List<Double> candidates(List<Tensor> from, List<Tensor> to) {
    DType dtype = comparison.dtype();
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
    double factor = round(numerator / denominator);
    List<Double> candidates =
        new ArrayList<>(List.of(0.0, -0.0, Double.NaN, ball.factor().low(), factor));
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

  private double round(double value) {
    return comparison.dtype().round(value);
  }

  private void report(int step, List<List<Tensor>> before, List<List<Tensor>> after) {
    Bounded legal = ball.factor();
    double factor =
        legal.exact().map(exact -> exact.rounded(comparison.dtype())).orElse(legal.low());
    String because =
        "one factor in %s for all elements, each rounded once; shown for the factor %s"
            .formatted(legal, factor);
    List<List<Tensor>> expected =
        before.stream()
            .map(group -> group.stream().map(t -> t.map(x -> round(x * factor))).toList())
            .toList();
    comparison.sameParameters(step, expected, after, because);
    if (!comparison.results().hasDifference()) {
      comparison
          .results()
          .differ("step " + step, "one legal factor for all elements", "no such factor", because);
    }
  }
}
