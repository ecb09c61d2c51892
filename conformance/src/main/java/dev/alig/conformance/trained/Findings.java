package dev.alig.conformance.trained;

import dev.alig.conformance.DType;
import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trained;
import dev.alig.conformance.TrainedStep;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.Worst;
import dev.alig.conformance.oracle.TorchTrainer.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what the comparison of one case finds: the first that is wrong, peaks, and curves. */
final class Findings {
  /** An allowance beyond this part of the weights would let a defect pass, and proves nothing. */
  private static final double LOOSE = 0x1p-16;

  private final Trained trained;
  private Optional<Blame> blame = Optional.empty();
  private Optional<Verdict> wrong = Optional.empty();
  private long comparisons;
  private Worst worst = Worst.NONE;
  private Peak loss = Peak.NONE;
  private Peak stepSize = Peak.NONE;
  private Peak weights = Peak.NONE;
  private Peak gradient = Peak.NONE;
  private final List<CurvePoint> curve = new ArrayList<>();

  Findings(Trained trained) {
    this.trained = trained;
  }

  boolean nothingWrong() {
    return wrong.isEmpty();
  }

  /** The subject does not hold what it was given. */
  void lost(int step) {
    String where = step == Steps.INITIAL ? "construction" : "step " + step;
    differ(Blame.WEIGHTS, where, "the weights given", "others", "no difference: nothing computed");
  }

  /** A loss at the same weights. */
  void loss(int step, double expected, double actual, double allowed) {
    double off = Math.abs(actual - expected);
    compare(off, allowed);
    if (!(off <= allowed)) {
      differ(
          Blame.LOSS,
          "step " + step,
          Difference.show(expected, DType.DOUBLE),
          Difference.show(actual, DType.DOUBLE),
          "%.3g, is off by %.3g".formatted(allowed, off));
    }
  }

  /** Gradients or statistics at the same weights. */
  void apart(Blame whose, int step, List<Tensor> expected, List<Tensor> actual, double allowed) {
    double off = Distances.between(expected, actual);
    double size = Distances.norm(expected);
    compare(off, allowed);
    if (whose == Blame.GRADIENT) {
      gradient = gradient.and(off, allowed, size);
    }
    if (!(off <= allowed)) {
      differ(
          whose,
          "step %d, %s".formatted(step, farthest(expected, actual)),
          "norm " + size,
          "norm " + Distances.norm(actual),
          "a distance of %.3g, is %.3g".formatted(allowed, off));
    }
  }

  /** The name of the tensor that is off the most. */
  private String farthest(List<Tensor> expected, List<Tensor> actual) {
    List<Trained.Named> named =
        expected.size() == trained.problem().parameters().size()
            ? trained.problem().parameters()
            : trained.problem().statistics();
    int farthest = 0;
    double largest = -1;
    for (int i = 0; i < expected.size(); i++) {
      double off = Distances.between(List.of(expected.get(i)), List.of(actual.get(i)));
      if (!(off <= largest)) {
        farthest = i;
        largest = off;
      }
    }
    return named.get(farthest).name();
  }

  /** What the judge of single steps says about a step. */
  void rule(int step, Verdict verdict) {
    if (verdict instanceof Verdict.Differs differs) {
      blame(Blame.RULE);
      Difference framed = differs.first().framed(blamed(Blame.RULE, "step " + step), List.of());
      wrong = Optional.of(new Verdict.Differs(framed));
    } else if (verdict instanceof Verdict.Agrees agrees) {
      comparisons += agrees.comparisons();
    } else {
      wrong = Optional.of(verdict);
    }
  }

  /**
   * Step sizes and weights after the single steps of a forced case.
   *
   * @return the first step that is off by more than loss and gradient may be; negative if none is
   */
  int compareSteps(Run run, Steps steps, Allowance.OfSteps allowed) {
    int parted = -1;
    for (int k = 0; k < run.steps().size(); k++) {
      TrainedStep expected = run.steps().get(k);
      double size = Math.abs(expected.stepSize());
      double length = Distances.norm(expected.gradients());
      double ofLoss = allowed.loss().get(k) / Math.abs(expected.loss());
      double ofGradient = allowed.gradient().get(k) / length;
      double roundings = Allowance.MULTIPLE * trained.dtype().unitRoundoff();
      // size = loss / length², and the weights move by (1 + momentum)·size·gradient at most.
      double ofSize = ofLoss + 2 * ofGradient + roundings;
      double norm = Distances.norm(expected.after().parameters());
      double move = (1 + trained.rule().momentum()) * size * length;
      double distance = move * (ofSize + ofGradient) + norm * roundings;
      TrainedStep actual = steps.taken().get(k);
      boolean together =
          point(k, expected, actual, allowed.loss().get(k), size * ofSize, distance, norm);
      if (!together && parted < 0) {
        parted = k;
      }
    }
    return nothingWrong() ? parted : -1;
  }

  /**
   * The curves of a free case.
   *
   * @return the first step at which they part; negative if they do not
   */
  int compareCurves(Run run, Steps steps, Allowance.OfRun allowed) {
    int parted = -1;
    for (int k = 0; k < run.steps().size(); k++) {
      TrainedStep expected = run.steps().get(k);
      TrainedStep actual = steps.taken().get(k);
      double norm = Distances.norm(expected.after().parameters());
      if (nothingWrong() && !(allowed.weights().get(k) <= LOOSE * norm)) {
        wrong = Optional.of(tooLoose(k, allowed.weights().get(k), norm));
      }
      boolean together =
          point(
              k,
              expected,
              actual,
              allowed.loss().get(k),
              allowed.stepSize().get(k),
              allowed.weights().get(k),
              norm);
      if (!together && parted < 0) {
        parted = k;
      }
    }
    return nothingWrong() ? parted : -1;
  }

  private Verdict tooLoose(int step, double allowed, double norm) {
    return new Verdict.Broken(
        "case " + trained.id(),
        new IllegalStateException(
            "at step %d simulated rounding errors move the weights by %.3g of %.3g, so that the case cannot tell a defect; lower its cap"
                .formatted(step, allowed, norm)));
  }

  private boolean point(
      int k,
      TrainedStep expected,
      TrainedStep actual,
      double lossAllowed,
      double sizeAllowed,
      double allowed,
      double norm) {
    double lossOff = Math.abs(actual.loss() - expected.loss());
    double sizeOff = Math.abs(actual.stepSize() - expected.stepSize());
    double off = Allowance.apart(expected, actual);
    compare(lossOff, lossAllowed);
    compare(sizeOff, sizeAllowed);
    compare(off, allowed);
    loss = loss.and(lossOff, lossAllowed, Math.abs(expected.loss()));
    stepSize = stepSize.and(sizeOff, sizeAllowed, Math.abs(expected.stepSize()));
    weights = weights.and(off, allowed, norm);
    curve.add(
        new CurvePoint(
            k,
            expected.loss(),
            lossOff,
            lossAllowed,
            expected.stepSize(),
            sizeOff,
            sizeAllowed,
            norm,
            off,
            allowed));
    return lossOff <= lossAllowed && sizeOff <= sizeAllowed && off <= allowed;
  }

  /** The curves part at a step, and no step up to there is wrong by itself. */
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

  private void compare(double off, double allowed) {
    comparisons++;
    if (off <= allowed) {
      worst = worst.or(Worst.of(off, allowed, trained.id()));
    }
  }

  private void differ(Blame whose, String where, String expected, String actual, String allowed) {
    if (nothingWrong()) {
      blame(whose);
      Difference difference = Difference.of(where, expected, actual, allowed);
      wrong = Optional.of(new Verdict.Differs(difference.framed(blamed(whose), List.of())));
    }
  }

  private void blame(Blame whose) {
    blame = Optional.of(whose);
  }

  private static List<Fact> blamed(Blame whose) {
    return List.of(new Fact("blame", whose.words()));
  }

  private static List<Fact> blamed(Blame whose, String step) {
    return List.of(new Fact("blame", whose.words()), new Fact("trained", step));
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
