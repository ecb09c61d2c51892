package dev.alig.conformance.judge;

import dev.alig.conformance.DType;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Step;
import dev.alig.conformance.Trace;
import dev.alig.conformance.TracedStep;

/** Judges the step sizes of one step: the unclipped one, those of the groups, and their mean. */
final class StepSizes {
  private StepSizes() {}

  /** Judges what the oracle took by itself from the subject's state, and what the subject took. */
  static void judge(
      Comparison comparison, Scripted scripted, int k, Trace natural, TracedStep actual) {
    Step step = scripted.steps().get(k);
    Legal legal = StepSizeBounds.of(scripted, step);
    double expected =
        natural.steps().isEmpty() ? legal.centre() : natural.steps().get(0).unclipped();
    String where = "step %d, unclipped step size".formatted(k);
    comparison.ofOracle(true);
    for (TracedStep own : natural.steps()) {
      comparison.legal(
          where + " of the oracle", legal, step.loss(), legal.centre(), own.unclipped());
      judgeCaps(comparison, scripted, k, own, " of the oracle");
    }
    comparison.ofOracle(false);
    comparison.legal(where, legal, step.loss(), expected, actual.unclipped());
    judgeCaps(comparison, scripted, k, actual, "");
  }

  private static void judgeCaps(
      Comparison comparison, Scripted scripted, int k, TracedStep taken, String whose) {
    double sum = 0;
    for (int g = 0; g < scripted.groups().size(); g++) {
      double cap = scripted.groups().get(g).cap();
      double wanted = cap < taken.unclipped() ? cap : taken.unclipped();
      double found = taken.stepSizes().get(g);
      sum += found;
      comparison.same(
          "step %d, step size of group %d%s".formatted(k, g, whose),
          wanted,
          found,
          DType.DOUBLE,
          "nothing: min(unclipped, max_lr)");
    }
    judgeMean(comparison, k, sum / scripted.groups().size(), taken, whose);
  }

  /** Python 3.12 sums floats with compensation, so the mean may round differently. */
  private static void judgeMean(
      Comparison comparison, int k, double mean, TracedStep actual, String whose) {
    double spread = actual.stepSizes().stream().mapToDouble(Math::abs).sum() * 2 * Math.ulp(1.0);
    Legal legal =
        Double.isFinite(mean)
            ? new Legal(mean - spread, mean + spread, false, mean)
            : Double.isNaN(mean) ? Legal.NAN : new Legal(mean, mean, false, mean);
    String where = "step %d, mean step size%s".formatted(k, whose);
    comparison.legal(where, legal, actual.mean(), mean, actual.mean());
  }
}
