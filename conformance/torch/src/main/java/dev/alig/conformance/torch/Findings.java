package dev.alig.conformance.torch;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainedStep;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Mode;
import dev.alig.conformance.model.Worst;
import dev.alig.conformance.torch.TorchTrainer.Run;
import dev.alig.conformance.trained.Blame;
import dev.alig.conformance.trained.CurvePoint;
import dev.alig.conformance.trained.Peak;
import dev.alig.conformance.trained.TrainedOutcome;
import dev.alig.conformance.trained.TrainedSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the results of one case: the first error, peaks, and curves. */
final class Findings {
  /** An allowance above this fraction of the weights' norm would let a defect pass. */
  private static final double LOOSE = 0x1p-16;

  private final TrainingCase trained;
  private Optional<Blame> blame = Optional.empty();
  private Optional<Verdict> wrong = Optional.empty();
  private long comparisons;
  private Worst worst = Worst.NONE;
  private Peak loss = Peak.NONE;
  private Peak stepSize = Peak.NONE;
  private Peak weights = Peak.NONE;
  private Peak gradient = Peak.NONE;
  private final List<CurvePoint> curve = new ArrayList<>();

  Findings(TrainingCase trained) {
    this.trained = trained;
  }

  boolean nothingWrong() {
    return wrong.isEmpty();
  }

  /** Records that the subject does not hold the weights that it was given. */
  void lost(int step) {
    String where = step == Steps.INITIAL ? "construction" : "step " + step;
    differ(Blame.WEIGHTS, where, "the weights given", "others", "no difference: nothing computed");
  }

  /** Compares losses at the same weights. */
  void loss(int step, double expected, double actual, double allowed) {
    double off = Math.abs(actual - expected);
    if (!holds(off, allowed)) {
      differ(
          Blame.LOSS,
          "step " + step,
          Difference.show(expected, DType.DOUBLE),
          Difference.show(actual, DType.DOUBLE),
          "%.3g, is off by %.3g".formatted(allowed, off));
    }
  }

  /** Compares gradients or statistics at the same weights. */
  void apart(Blame whose, int step, List<Tensor> expected, List<Tensor> actual, double allowed) {
    if (!shapes(expected).equals(shapes(actual))) {
      String where = "step %d, shapes".formatted(step);
      differ(whose, where, shapes(expected).toString(), shapes(actual).toString(), "the same");
      return;
    }
    if (expected.isEmpty()) {
      // A model without running statistics.
      return;
    }
    double off = Distances.between(expected, actual);
    double size = Distances.norm(expected);
    if (whose == Blame.GRADIENT) {
      gradient = gradient.and(off, allowed, size);
    }
    if (!holds(off, allowed)) {
      differ(
          whose,
          "step %d, %s".formatted(step, farthest(expected, actual)),
          "norm " + size,
          "norm " + Distances.norm(actual),
          "a distance of %.3g, is %.3g".formatted(allowed, off));
    }
  }

  /** Compares the scores in evaluation, at the same weights and statistics. */
  void scores(Tensor expected, Tensor actual, double allowed) {
    boolean alike = expected.shape().equals(actual.shape());
    double off = alike ? Distances.between(List.of(expected), List.of(actual)) : Double.NaN;
    if (!holds(off, allowed)) {
      differ(
          Blame.EVALUATION,
          "the scores after step " + (trained.steps() - 1),
          "%s of norm %s".formatted(expected.shape(), Distances.norm(List.of(expected))),
          "%s of norm %s".formatted(actual.shape(), Distances.norm(List.of(actual))),
          "a distance of %.3g, is %.3g".formatted(allowed, off));
    }
  }

  private static List<List<Integer>> shapes(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::shape).toList();
  }

  /** The name of the tensor with the largest difference. */
  private String farthest(List<Tensor> expected, List<Tensor> actual) {
    TrainingCase.Problem problem = trained.problem();
    boolean ofParameters = expected.size() == problem.parameters().size();
    int farthest = 0;
    double largest = -1;
    for (int i = 0; i < expected.size(); i++) {
      double off = Distances.between(List.of(expected.get(i)), List.of(actual.get(i)));
      if (!(off <= largest)) {
        farthest = i;
        largest = off;
      }
    }
    return (ofParameters ? problem.parameters() : problem.statistics()).get(farthest).name();
  }

  /** Records the judge's verdict on a single step. */
  void rule(int step, Verdict verdict) {
    if (verdict instanceof Verdict.Agrees agrees) {
      comparisons += agrees.comparisons();
    } else if (verdict instanceof Verdict.Differs differs) {
      differ(Blame.RULE, differs.first(), List.of(new Fact("trained", "step " + step)));
    } else {
      wrong = Optional.of(verdict);
    }
  }

  /**
   * Compares losses, step sizes and weights of all steps.
   *
   * @return the first step at which they part; negative if they do not, or if something else is
   *     wrong
   */
  int compare(Run run, Steps steps, Allowance.OfRun allowed) {
    int parted = -1;
    for (int k = 0; k < run.steps().size(); k++) {
      TrainedStep expected = run.steps().get(k);
      TrainedStep actual = steps.taken().get(k);
      double norm = Distances.norm(expected.after().parameters());
      double distanceAllowed = allowed.weights().get(k);
      if (trained.mode() == Mode.FREE && nothingWrong() && !(distanceAllowed <= LOOSE * norm)) {
        wrong = Optional.of(tooLoose(k, distanceAllowed, norm));
      }
      CurvePoint point =
          new CurvePoint(
              k,
              expected.loss(),
              Math.abs(actual.loss() - expected.loss()),
              allowed.loss().get(k),
              expected.stepSize(),
              Math.abs(actual.stepSize() - expected.stepSize()),
              allowed.stepSize().get(k),
              norm,
              Allowance.apart(expected, actual),
              distanceAllowed);
      curve.add(point);
      if (!holds(point) && parted < 0) {
        parted = k;
      }
    }
    return nothingWrong() ? parted : -1;
  }

  private boolean holds(CurvePoint point) {
    loss = loss.and(point.lossOff(), point.lossAllowed(), Math.abs(point.loss()));
    stepSize =
        stepSize.and(point.stepSizeOff(), point.stepSizeAllowed(), Math.abs(point.stepSize()));
    weights = weights.and(point.distance(), point.distanceAllowed(), point.norm());
    boolean losses = holds(point.lossOff(), point.lossAllowed());
    boolean sizes = holds(point.stepSizeOff(), point.stepSizeAllowed());
    boolean distances = holds(point.distance(), point.distanceAllowed());
    return losses && sizes && distances;
  }

  private Verdict tooLoose(int step, double allowed, double norm) {
    String text =
        "at step %d simulated rounding errors move the weights by %.3g of %.3g, so that the case"
            + " cannot tell a defect; lower its cap";
    return new Verdict.Broken(
        "case " + trained.id(), new IllegalStateException(text.formatted(step, allowed, norm)));
  }

  /** Records that the curves part at a step, although no step up to there is wrong by itself. */
  void parted(int step) {
    CurvePoint point = curve.get(step);
    differ(
        Blame.CURVE,
        "step " + step,
        "loss %s, step size %s, norm of the weights %s"
            .formatted(point.loss(), point.stepSize(), point.norm()),
        "off by %.3g, %.3g, %.3g".formatted(point.lossOff(), point.stepSizeOff(), point.distance()),
        "%.3g, %.3g, %.3g"
            .formatted(point.lossAllowed(), point.stepSizeAllowed(), point.distanceAllowed()));
  }

  /** Counts a comparison, unless everything is allowed. */
  private boolean holds(double off, double allowed) {
    if (allowed != Double.POSITIVE_INFINITY) {
      comparisons++;
      worst = off <= allowed ? worst.or(Worst.of(off, allowed, trained.id())) : worst;
    }
    return off <= allowed;
  }

  private void differ(Blame whose, String where, String expected, String actual, String allowed) {
    if (nothingWrong()) {
      differ(whose, Difference.of(where, expected, actual, allowed), List.of());
    }
  }

  private void differ(Blame whose, Difference difference, List<Fact> more) {
    blame = Optional.of(whose);
    List<Fact> before = new ArrayList<>(List.of(new Fact("blame", whose.words())));
    before.addAll(more);
    wrong = Optional.of(new Verdict.Differs(difference.framed(before, List.of())));
  }

  TrainedOutcome broken(String stage, RuntimeException cause) {
    wrong = Optional.of(new Verdict.Broken(stage, cause));
    return outcome(0);
  }

  TrainedOutcome outcome(double seconds) {
    Verdict verdict = wrong.orElseGet(() -> new Verdict.Agrees(comparisons, worst));
    TrainedSummary summary =
        new TrainedSummary(
            trained.id(),
            trained.describe(),
            trained.steps(),
            loss,
            stepSize,
            weights,
            gradient,
            seconds);
    return new TrainedOutcome(verdict, blame, summary, curve);
  }
}
