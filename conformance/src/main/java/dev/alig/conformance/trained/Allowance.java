package dev.alig.conformance.trained;

import dev.alig.conformance.Trained;
import dev.alig.conformance.TrainedState;
import dev.alig.conformance.TrainedStep;
import dev.alig.conformance.oracle.TorchTrainer;
import dev.alig.conformance.oracle.TorchTrainer.Evaluated;
import dev.alig.conformance.oracle.TorchTrainer.Noise;
import dev.alig.conformance.oracle.TorchTrainer.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/**
 * How far a right implementation may be from the oracle, measured on the oracle itself.
 *
 * <p>The oracle computes again with simulated rounding errors: every result of a layer, every
 * weight, and every gradient on its way back is off by up to one unit roundoff. Whoever sums n
 * products in another order may be off by √n of them, and no sum of the models has more than
 * {@value #MULTIPLE}² terms. So the allowance is the largest deviation among several simulations,
 * and of steps nearby, {@value #MULTIPLE} times; and at least as many roundings of the number
 * itself.
 */
final class Allowance {
  /** More than √n for the longest sum, n = 576; see {@code ERROR-ANALYSIS.md}. */
  static final int MULTIPLE = 32;

  private static final int SEEDS_OF_STEPS = 2;
  private static final int SEEDS_OF_RUNS = 2;

  /** Steps nearby are alike, and there the same errors may happen to add up less well. */
  private static final int REACH = 10;

  /** The steps of a free case that are compared from the same state: one in so many. */
  static final int STRIDE = 25;

  private Allowance() {}

  /** Whether no branch of a forced case is so close that rounding might turn it. */
  static boolean keepsToBranches(Trained trained, TorchTrainer oracle) {
    double roundings = MULTIPLE * trained.dtype().unitRoundoff();
    return oracle.run(trained, Optional.empty()).distance() > roundings;
  }

  /**
   * What is allowed of one step from the same state.
   *
   * @param loss of the loss
   * @param gradient of the gradients' distance
   * @param statistics of the statistics' distance
   */
  record OfSteps(Series loss, Series gradient, Series statistics) {}

  /** For each of the case's batches, what is allowed at its state. */
  static OfSteps ofSteps(
      TorchTrainer oracle, Trained trained, List<TrainedState> states, List<Evaluated> plain) {
    double u = trained.dtype().unitRoundoff();
    Series loss = series(plain, each -> u * Math.abs(each.loss()));
    Series gradient = series(plain, each -> u * Distances.norm(each.gradients()));
    Series statistics = series(plain, each -> u * Distances.norm(each.statistics()));
    for (int seed = 0; seed < SEEDS_OF_STEPS; seed++) {
      List<Evaluated> noisy = oracle.evaluate(trained, states, Optional.of(new Noise(seed, u)));
      loss = loss.or(series(plain, noisy, (a, b) -> Math.abs(a.loss() - b.loss())));
      gradient =
          gradient.or(
              series(plain, noisy, (a, b) -> Distances.between(a.gradients(), b.gradients())));
      statistics =
          statistics.or(
              series(plain, noisy, (a, b) -> Distances.between(a.statistics(), b.statistics())));
    }
    int reach = trained.mode() == Trained.Mode.FREE ? 1 : REACH;
    return new OfSteps(
        loss.around(reach).times(MULTIPLE),
        gradient.around(reach).times(MULTIPLE),
        statistics.around(reach).times(MULTIPLE));
  }

  /**
   * What is allowed of a whole run.
   *
   * @param loss of the loss of each step
   * @param stepSize of the step size of each step, before the cap, which lets none grow
   * @param weights of the weights' distance after each step
   */
  record OfRun(Series loss, Series stepSize, Series weights) {}

  /** What is allowed of a run by itself. */
  static OfRun ofRun(TorchTrainer oracle, Trained trained, Run plain) {
    double u = trained.dtype().unitRoundoff();
    List<TrainedStep> steps = plain.steps();
    Series loss = series(steps, each -> u * Math.abs(each.loss()));
    Series unclipped = series(steps, each -> Math.abs(each.unclipped()));
    Series relative = series(steps, any -> u);
    Series weights = series(steps, each -> u * Distances.norm(each.after().parameters()));
    for (int seed = 0; seed < SEEDS_OF_RUNS; seed++) {
      List<TrainedStep> noisy = oracle.run(trained, Optional.of(new Noise(seed, u))).steps();
      loss = loss.or(series(steps, noisy, (a, b) -> Math.abs(a.loss() - b.loss())));
      relative = relative.or(series(steps, noisy, Allowance::unclippedOff));
      weights = weights.or(series(steps, noisy, Allowance::apart));
    }
    return new OfRun(
        loss.around(REACH).times(MULTIPLE),
        relative.around(REACH).times(MULTIPLE).times(unclipped),
        weights.soFar().times(MULTIPLE));
  }

  /** Relative, as losses near 0 have step sizes near 0. */
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
