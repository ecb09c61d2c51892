package dev.alig.conformance.differences;

import dev.alig.GroupSettings;
import dev.alig.NegativeLoss;
import dev.alig.NonFinite;
import dev.alig.Precision;
import dev.alig.Settings;
import dev.alig.SquaredNorm;
import dev.alig.StepReport;
import dev.alig.StepRule;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.Recorded.Origin;
import dev.alig.conformance.model.DType;
import java.util.Arrays;
import java.util.List;

/** Checks of options that the Java optimizers have and the originals lack. */
final class OptionChecks {
  private OptionChecks() {}

  static Finding stopsWithoutCap(List<Recorded> traces) {
    Settings settings = Settings.builder().negativeLoss(NegativeLoss.STOP).build();
    List<RecordedStep> asked =
        RecordedStep.of(traces, Origin.TF).stream()
            .filter(one -> !one.hasCap() && one.hasNegativeLoss() && one.stepSize() < 0)
            .toList();
    long stopped = asked.stream().filter(one -> stepSize(settings, one) == 0).count();
    return Finding.of(
        !asked.isEmpty() && stopped == asked.size(),
        "alig.tf ascended in %d recorded steps without a cap; NegativeLoss.STOP takes 0 in %d"
            .formatted(asked.size(), stopped));
  }

  private static double stepSize(Settings settings, RecordedStep one) {
    DType dtype = one.dtype();
    SquaredNorm norm = new SquaredNorm(dtype == DType.FLOAT ? Precision.FLOAT : Precision.DOUBLE);
    one.step().presentGradients().forEach(g -> norm.add(sumOfSquares(g.toArray())));
    return decide(settings, one.step().loss(), norm).stepSizes().get(0);
  }

  private static double sumOfSquares(double... values) {
    return Arrays.stream(values).reduce(0, (sum, value) -> sum + value * value);
  }

  private static StepReport decide(Settings settings, double loss, SquaredNorm norm) {
    return new StepRule(settings).decide(loss, norm, true, List.of(GroupSettings.DEFAULT), 0);
  }

  private static StepReport decide(Settings settings, double loss) {
    SquaredNorm norm = new SquaredNorm(Precision.FLOAT);
    norm.add(sumOfSquares(3, 4));
    return decide(settings, loss, norm);
  }

  static Finding skipsNonFinite(Implementation th) {
    Settings skip = Settings.builder().nonFinite(NonFinite.SKIP).build();
    StepReport skipped = decide(skip, Double.NaN);
    boolean refused = refuses(Settings.builder().nonFinite(NonFinite.REFUSE).build(), Double.NaN);
    double torch = parameterAfter(th, Double.NaN);
    return Finding.of(
        skipped.outcome() == StepReport.Outcome.SKIPPED && refused && Double.isNaN(torch),
        "NaN loss: alig.th leaves the parameter %s; NonFinite.SKIP reports %s, REFUSE %s"
            .formatted(torch, skipped.outcome(), refused ? "throws" : "does not throw"));
  }

  static Finding refusesNegativeLoss(Implementation th) {
    boolean refused = refuses(Settings.builder().negativeLoss(NegativeLoss.REFUSE).build(), -1);
    double torch = parameterAfter(th, -1);
    return Finding.of(
        refused && torch > 1,
        "loss -1: alig.th moves the parameter up the gradient, from 1 to %s; NegativeLoss.REFUSE %s"
            .formatted(torch, refused ? "throws" : "does not throw"));
  }

  static Finding subtractsLowerBound(Implementation th) {
    double ours = decide(Settings.builder().lowerBound(0.5).build(), 1).unclippedStepSize();
    double torch = OneStepProblem.stepSize(th, OneStepProblem.of(DType.FLOAT, 2).step(1, 3, 4));
    return Finding.of(
        ours == torch / 2,
        "loss 1, squared norm 25: step %s in alig.th, %s with lowerBound 0.5"
            .formatted(torch, ours));
  }

  private static boolean refuses(Settings settings, double loss) {
    try {
      StepReport unused = decide(settings, loss);
      return false;
    } catch (IllegalArgumentException refused) {
      return true;
    }
  }

  private static double parameterAfter(Implementation th, double loss) {
    return OneStepProblem.after(th, OneStepProblem.of(DType.FLOAT, 2).step(loss, 3, 4))[0];
  }
}
