package dev.alig.conformance.judge;

import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Place;
import dev.alig.conformance.model.Place.Quantity;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.TracedStep;
import java.util.Optional;

/**
 * Judges the step sizes of a step: the unclipped one, those of the groups, and their mean.
 *
 * @param hasMean whether the mean is the implementation's own, and not computed for the trace
 */
record StepSizes(Comparison comparison, StepCase scripted, Algorithm algorithm, boolean hasMean) {
  /** Judges step {@code k} as it was taken; {@code shown} stands beside what differs. */
  void judge(int k, Bounded legal, Optional<Double> shown, TracedStep taken) {
    double expected = shown.orElseGet(() -> legal.nearest(scripted.dtype()));
    Step step = scripted.steps().get(k);
    Place place = Place.of(k, Quantity.UNCLIPPED, 0);
    double unclipped = taken.unclipped();
    comparison.legal(place, legal, scripted.dtype().round(step.loss()), expected, unclipped);
    boolean narrow = scripted.dtype() != DType.DOUBLE;
    if (narrow && step.hasGradient() && !Double.isNaN(unclipped)) {
      // The quotient of two numbers of the dtype is one of them; every double is a double.
      double wanted = scripted.dtype().round(unclipped);
      comparison.legal(place, Bounded.of(wanted), wanted, wanted, unclipped);
    }
    judgeCaps(k, taken);
  }

  private void judgeCaps(int k, TracedStep taken) {
    double sum = 0;
    for (int g = 0; g < scripted.groups().size(); g++) {
      Group group = scripted.groups().get(g);
      Bounded unclipped = Bounded.of(taken.unclipped());
      Bounded legal = algorithm.stepSize(unclipped, group, scripted.dtype());
      double found = taken.stepSizes().get(g);
      sum += found;
      judgeCapped(Place.of(k, Quantity.STEP_SIZE, g), legal, found);
    }
    if (hasMean) {
      judgeMean(k, sum / scripted.groups().size(), taken);
    }
  }

  /** It follows from a known number without rounding. A zero from flushing has no sign. */
  private void judgeCapped(Place place, Bounded legal, double found) {
    double shown = legal.nan() ? Double.NaN : legal.low();
    if (algorithm.flushes()) {
      comparison.legal(place, legal, shown, found);
    } else {
      comparison.legal(place, legal, shown, shown, found);
    }
  }

  /** Python 3.12 sums floats with compensation, so the mean may round differently. */
  private void judgeMean(int k, double mean, TracedStep taken) {
    double sum = taken.stepSizes().stream().mapToDouble(Math::abs).sum();
    double spread = sum * 2 * Math.ulp(1.0);
    Bounded legal =
        Double.isFinite(mean)
            ? new Bounded(Optional.empty(), mean - spread, mean + spread, false)
            : Bounded.of(mean);
    comparison.legal(Place.of(k, Quantity.MEAN, 0), legal, mean, taken.mean());
  }
}
