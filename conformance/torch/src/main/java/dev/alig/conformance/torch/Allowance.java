package dev.alig.conformance.torch;

import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainedState;
import dev.alig.conformance.model.TrainedStep;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Model;
import dev.alig.conformance.torch.TorchTrainer.Evaluated;
import dev.alig.conformance.torch.TorchTrainer.Noise;
import dev.alig.conformance.torch.TorchTrainer.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/**
 * How far a correct implementation may be from the oracle, measured on the oracle itself.
 *
 * <p>The oracle computes again with simulated rounding errors: each result of a layer, each weight,
 * and each back-propagated gradient is off by up to one unit roundoff. A sum of n products in
 * another order may be off by √n unit roundoffs. So the allowance is a {@link #multiple} of at
 * least √n, for the model's longest sum, times the largest deviation over several simulations and
 * nearby steps. It is at least that many roundings of the number itself.
 */
final class Allowance {
  /** The least multiple; see {@code docs/error-analysis.md}. */
  private static final int LEAST = 32;

  private static final int SEEDS = 2;

  /**
   * How many steps away counts as nearby. Such steps are alike, but errors that happen to cancel in
   * one step may add up in the next.
   */
  private static final int REACH = 10;

  /** In a free case, one step in this many is compared from the same state. */
  static final int STRIDE = 25;

  private Allowance() {}

  /**
   * The smallest power of two that is at least √n for the model's longest sum, and {@value #LEAST}.
   */
  static int multiple(Model model) {
    int multiple = LEAST;
    while (multiple * multiple < TrainedCases.longestSum(model)) {
      multiple *= 2;
    }
    return multiple;
  }

  /** Whether a forced case stays so far from branches that rounding cannot change one. */
  static boolean keepsToBranches(TrainingCase trained, TorchTrainer oracle) {
    double roundings = multiple(trained.model()) * trained.dtype().unitRoundoff();
    return oracle.run(trained, Optional.empty()).distance() > roundings;
  }

  /**
   * The allowances for single steps: for the loss, and the distances of gradients and statistics.
   */
  record OfSteps(Series loss, Series gradient, Series statistics) {}

  /** The allowances for each of the case's batches, computed at the batch's state. */
  static OfSteps ofSteps(
      TorchTrainer oracle, TrainingCase trained, List<TrainedState> states, List<Evaluated> plain) {
    double u = trained.dtype().unitRoundoff();
    Series loss = series(plain, each -> u * Math.abs(each.loss()));
    Series gradient = series(plain, each -> u * Distances.norm(each.gradients()));
    Series statistics = series(plain, each -> u * Distances.norm(each.statistics()));
    for (int seed = 0; seed < SEEDS; seed++) {
      List<Evaluated> noisy = oracle.evaluate(trained, states, Optional.of(new Noise(seed, u)));
      loss = loss.or(series(plain, noisy, (a, b) -> Math.abs(a.loss() - b.loss())));
      gradient =
          gradient.or(
              series(plain, noisy, (a, b) -> Distances.between(a.gradients(), b.gradients())));
      statistics =
          statistics.or(
              series(plain, noisy, (a, b) -> Distances.between(a.statistics(), b.statistics())));
    }
    int reach = trained.mode() == TrainingCase.Mode.FREE ? 1 : REACH;
    int multiple = multiple(trained.model());
    return new OfSteps(
        loss.around(reach).times(multiple),
        gradient.around(reach).times(multiple),
        statistics.around(reach).times(multiple));
  }

  /** The allowance for the distance of the scores in evaluation. */
  static double ofScores(
      TorchTrainer oracle, TrainingCase trained, TrainedState state, Tensor plain) {
    double u = trained.dtype().unitRoundoff();
    double off = u * Distances.norm(List.of(plain));
    for (int seed = 0; seed < SEEDS; seed++) {
      Tensor noisy = oracle.scores(trained, state, Optional.of(new Noise(seed, u)));
      off = Math.max(off, Distances.between(List.of(plain), List.of(noisy)));
    }
    return off * multiple(trained.model());
  }

  /** The allowances for a run: for the loss, the step size, and the distance of the weights. */
  record OfRun(Series loss, Series stepSize, Series weights) {}

  /** The allowances for the states after forced steps, given those for loss and gradient. */
  static OfRun after(TrainingCase trained, Run run, OfSteps allowed) {
    double roundings = multiple(trained.model()) * trained.dtype().unitRoundoff();
    int steps = run.steps().size();
    double[] sizes = new double[steps];
    double[] weights = new double[steps];
    for (int k = 0; k < steps; k++) {
      TrainedStep step = run.steps().get(k);
      double size = Math.abs(step.stepSize());
      double length = Distances.norm(step.gradients());
      double ofGradient = allowed.gradient().get(k) / length;
      // size = loss / length², and the weights move by at most (1 + momentum)·size·gradient.
      double ofSize = allowed.loss().get(k) / Math.abs(step.loss()) + 2 * ofGradient + roundings;
      double move = (1 + trained.rule().momentum()) * size * length;
      double norm = Distances.norm(step.after().parameters());
      sizes[k] = size * ofSize;
      weights[k] = move * (ofSize + ofGradient) + norm * roundings;
    }
    return new OfRun(allowed.loss(), new Series(sizes), new Series(weights));
  }

  /**
   * The allowances for a free run. The allowance for the step size ignores the cap, which only
   * reduces deviations.
   */
  static OfRun ofRun(TorchTrainer oracle, TrainingCase trained, Run plain) {
    double u = trained.dtype().unitRoundoff();
    List<TrainedStep> steps = plain.steps();
    Series loss = series(steps, each -> u * Math.abs(each.loss()));
    Series unclipped = series(steps, each -> Math.abs(each.unclipped()));
    Series relative = series(steps, any -> u);
    Series weights = series(steps, each -> u * Distances.norm(each.after().parameters()));
    for (int seed = 0; seed < SEEDS; seed++) {
      List<TrainedStep> noisy = oracle.run(trained, Optional.of(new Noise(seed, u))).steps();
      loss = loss.or(series(steps, noisy, (a, b) -> Math.abs(a.loss() - b.loss())));
      relative = relative.or(series(steps, noisy, Allowance::unclippedOff));
      weights = weights.or(series(steps, noisy, Allowance::apart));
    }
    int multiple = multiple(trained.model());
    return new OfRun(
        loss.around(REACH).times(multiple),
        relative.around(REACH).times(multiple).times(unclipped),
        weights.soFar().times(multiple));
  }

  /** The relative deviation, because losses near 0 have step sizes near 0. */
  private static double unclippedOff(TrainedStep one, TrainedStep other) {
    double off = Math.abs(one.unclipped() - other.unclipped());
    return off == 0 ? 0 : off / Math.abs(one.unclipped());
  }

  static double apart(TrainedStep one, TrainedStep other) {
    return Distances.between(one.after().parameters(), other.after().parameters());
  }

  private static <T> Series series(List<T> list, ToDoubleFunction<T> number) {
    return new Series(list.stream().mapToDouble(number).toArray());
  }

  private static <T> Series series(List<T> one, List<T> other, BiFunction<T, T, Double> number) {
    double[] values = new double[one.size()];
    Arrays.setAll(values, k -> number.apply(one.get(k), other.get(k)));
    return new Series(values);
  }
}
