package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.Functions;
import dev.alig.conformance.bounds.InnerProducts;
import dev.alig.conformance.bounds.Rounding;
import java.util.ArrayList;
import java.util.List;

/**
 * L4Adam and L4Mom; setting: decay. The lowest loss is the second number of the state. The learning
 * rate is the fraction of the possible decrease.
 */
final class L4Rule extends Rule {
  private static final double MEAN_RATE = 1 - 1 / 10.0;
  private static final double SQUARES_RATE = 1 - 1 / 1000.0;

  private final boolean adam;

  L4Rule(boolean adam) {
    this.adam = adam;
  }

  @Override
  void take(BoundedRun run) {
    Rounding r = run.rounding;
    double known = run.numbers.get(1);
    double lowest = run.t() == 1 ? 0.75 * run.loss : run.loss < known ? run.loss : known;
    List<Bounded> derivative = new ArrayList<>();
    List<Bounded> direction = new ArrayList<>();
    estimate(run, derivative, direction);
    // Python's floats, which round as Java's doubles.
    Bounded excess = run.number(run.rate * (run.loss - 0.9 * lowest));
    Bounded along = r.plus(InnerProducts.of(direction, derivative, r), run.number(1e-12));
    Bounded descent = r.over(excess, along).negated();
    run.numbers.set(1, lowest * (1 + 1 / 1000.0));
    for (int i = 0; i < direction.size(); i++) {
      run.w.set(i, r.timesPlus(descent, direction.get(i), run.w.get(i)));
    }
  }

  private void estimate(BoundedRun run, List<Bounded> derivative, List<Bounded> direction) {
    Rounding r = run.rounding;
    Bounded unbias = r.cast(run.unbias(MEAN_RATE));
    Bounded unbiasSquares = r.cast(run.unbias(SQUARES_RATE));
    List<Bounded> g = run.decayed(run.settings.get(0));
    for (int i = 0; i < g.size(); i++) {
      derivative.add(r.over(mean(run, 0, i, g.get(i), MEAN_RATE), unbias));
      direction.add(derivative.get(i));
      if (adam) {
        Bounded s = mean(run, 1, i, r.times(g.get(i), g.get(i)), SQUARES_RATE);
        Bounded root = Functions.rootOfSquare(r.over(s, unbiasSquares), r);
        direction.set(i, r.over(derivative.get(i), r.plus(root, run.number(1e-4))));
      }
    }
  }

  private static Bounded mean(BoundedRun run, int vector, int i, Bounded next, double rate) {
    Rounding r = run.rounding;
    Bounded kept = r.times(run.number(rate), run.vectors.get(vector).get(i));
    Bounded mean = r.timesPlus(run.number(1 - rate), next, kept);
    run.vectors.get(vector).set(i, mean);
    return mean;
  }
}
