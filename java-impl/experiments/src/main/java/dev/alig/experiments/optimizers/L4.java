package dev.alig.experiments.optimizers;

import java.util.List;

/**
 * L4Mom and L4Adam (Rolinek and Martius, NeurIPS 2018, arXiv:1802.05074).
 *
 * <p>g ← g + λw. The derivative d is the mean of gradients, m ← 0.9m + 0.1g, divided by 1 - 0.9ᵗ.
 * The direction v is d in L4Mom. In L4Adam it is d / (√(s / (1 - 0.999ᵗ)) + 1e-4) with s ← 0.999s +
 * 0.001g². The lowest loss f* is 0.75 times the loss in the first step, then the smaller of f* and
 * the loss. The step is
 *
 * <p>w ← w - α(f - 0.9f*) / (⟨d, v⟩ + 1e-12) · v, and after it f* ← (1 + 1/1000)f*.
 *
 * <p>The learning rate of a step is α, 0.15 in the paper. The inner product runs over all
 * parameters. The paper has no weight decay; λ is 0 there.
 */
public final class L4 extends FlatOptimizer {
  /** The vector m. */
  public static final String MEAN = "exp_avg";

  /** The vector s, in L4Adam. */
  public static final String SQUARES = "exp_avg_sq";

  /** f*, among {@link #numbers}. */
  public static final String LOWEST_LOSS = "min_loss";

  private static final double OF_LOWEST = 0.9;
  private static final double OF_FIRST = 0.75;
  private static final double FORGETTING = 1 + 1 / 1000.0;
  private static final double MEAN_RATE = 1 - 1 / 10.0;
  private static final double SQUARES_RATE = 1 - 1 / 1000.0;
  private static final double DIRECTION_EPS = 1e-4;
  private static final double EPS = 1e-12;

  private final boolean adam;
  private final double decay;

  /**
   * Creates the optimizer.
   *
   * @param adam whether the direction is Adam's
   * @param decay λ, at least 0
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public L4(Format format, int size, boolean adam, double decay) {
    super(format, size, adam ? List.of(MEAN, SQUARES) : List.of(MEAN));
    numbers().put(LOWEST_LOSS, 0.0);
    this.adam = adam;
    this.decay = requireNotNegative("decay", decay);
  }

  @Override
  void take(double loss, double rate, double[] w, double[] gradient) {
    double known = numbers().getOrDefault(LOWEST_LOSS, 0.0);
    double lowest = t() == 1 ? OF_FIRST * loss : loss < known ? loss : known;
    double[] derivative = new double[w.length];
    double[] direction = new double[w.length];
    estimate(w, gradient, derivative, direction);
    double excess = round(rate * (loss - OF_LOWEST * lowest));
    double along = innerProduct(direction, derivative);
    double size = round(excess / round(along + round(EPS)));
    numbers().put(LOWEST_LOSS, lowest * FORGETTING);
    for (int i = 0; i < w.length; i++) {
      w[i] = timesPlus(direction[i], -size, w[i]);
    }
  }

  private void estimate(double[] w, double[] gradient, double[] derivative, double[] direction) {
    double[] m = vector(MEAN);
    double[] s = vector(SQUARES);
    double unbiasMean = round(unbias(MEAN_RATE));
    double unbiasSquares = round(unbias(SQUARES_RATE));
    for (int i = 0; i < w.length; i++) {
      double g = decayed(gradient[i], decay, w[i]);
      m[i] = timesPlus(g, round(1 - MEAN_RATE), round(round(MEAN_RATE) * m[i]));
      derivative[i] = round(m[i] / unbiasMean);
      direction[i] = derivative[i];
      if (adam) {
        double square = round(g * g);
        s[i] = timesPlus(square, round(1 - SQUARES_RATE), round(round(SQUARES_RATE) * s[i]));
        double root = round(Math.sqrt(round(s[i] / unbiasSquares)));
        direction[i] = round(derivative[i] / round(root + round(DIRECTION_EPS)));
      }
    }
  }
}
