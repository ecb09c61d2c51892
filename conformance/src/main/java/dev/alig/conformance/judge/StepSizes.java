package dev.alig.conformance.judge;

import dev.alig.conformance.Group;
import dev.alig.conformance.Place;
import dev.alig.conformance.Place.Quantity;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.judge.Comparison.Side;
import java.util.Optional;

/** Judges the step sizes of one step: the unclipped one, those of the groups, and their mean. */
final class StepSizes {
  private final Comparison comparison;
  private final Scripted scripted;
  private final Algorithm algorithm;

  StepSizes(Comparison comparison, Scripted scripted, Algorithm algorithm) {
    this.comparison = comparison;
    this.algorithm = algorithm;
    this.scripted = scripted;
  }

  /** Judges step {@code k} as one side took it; {@code expected} is shown beside what differs. */
  void judge(Side side, int k, Bounded legal, double expected, TracedStep taken) {
    Step step = scripted.steps().get(k);
    Place place = Place.of(k, Quantity.UNCLIPPED, 0);
    double unclipped = taken.unclipped();
    comparison.legal(side, place, legal, scripted.dtype().round(step.loss()), expected, unclipped);
    if (step.hasGradient() && !Double.isNaN(unclipped)) {
      // The quotient of two numbers of the dtype is one of them.
      judgeExactly(side, place, scripted.dtype().round(unclipped), unclipped);
    }
    judgeCaps(side, k, taken);
  }

  private void judgeCaps(Side side, int k, TracedStep taken) {
    double sum = 0;
    for (int g = 0; g < scripted.groups().size(); g++) {
      Group group = scripted.groups().get(g);
      Bounded unclipped = Bounded.of(taken.unclipped());
      Bounded legal = algorithm.stepSize(unclipped, group, scripted.dtype());
      double found = taken.stepSizes().get(g);
      sum += found;
      judgeGiven(side, Place.of(k, Quantity.STEP_SIZE, g), legal, found);
    }
    judgeMean(side, k, sum / scripted.groups().size(), taken);
  }

  private void judgeExactly(Side side, Place place, double wanted, double found) {
    comparison.legal(side, place, Bounded.of(wanted), wanted, wanted, found);
  }

  /** What follows from a known number without rounding; where zeros are made, they have no sign. */
  private void judgeGiven(Side side, Place place, Bounded legal, double found) {
    double shown = legal.nan() ? Double.NaN : legal.low();
    if (algorithm.flushes()) {
      comparison.legal(side, place, legal, shown, found);
    } else {
      comparison.legal(side, place, legal, shown, shown, found);
    }
  }

  /** Python 3.12 sums floats with compensation, so the mean may round differently. */
  private void judgeMean(Side side, int k, double mean, TracedStep taken) {
    double sum = taken.stepSizes().stream().mapToDouble(Math::abs).sum();
    double spread = sum * 2 * Math.ulp(1.0);
    Bounded legal =
        Double.isFinite(mean)
            ? new Bounded(Optional.empty(), mean - spread, mean + spread, false)
            : Bounded.of(mean);
    comparison.legal(side, Place.of(k, Quantity.MEAN, 0), legal, mean, taken.mean());
  }
}
