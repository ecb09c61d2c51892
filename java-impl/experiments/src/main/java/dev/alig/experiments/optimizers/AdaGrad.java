package dev.alig.experiments.optimizers;

import java.util.List;

/**
 * AdaGrad, as {@code torch.optim.Adagrad} without decay of the learning rate.
 *
 * <p>g ← g + λw; s ← s + g²; w ← w - γg / (√s + ε) (Duchi, Hazan and Singer, JMLR 12, 2011).
 */
public final class AdaGrad extends FlatOptimizer {
  /** The vector s. */
  public static final String SUM = "sum";

  private final double eps;
  private final double decay;

  /**
   * Creates the optimizer.
   *
   * @param eps ε, at least 0
   * @param decay λ, at least 0
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public AdaGrad(Format format, int size, double eps, double decay) {
    super(format, size, List.of(SUM));
    this.eps = requireNotNegative("eps", eps);
    this.decay = requireNotNegative("decay", decay);
  }

  @Override
  void take(double loss, double rate, double[] w, double[] gradient) {
    double[] s = vector(SUM);
    double move = round(-rate);
    for (int i = 0; i < w.length; i++) {
      double g = decayed(gradient[i], decay, w[i]);
      s[i] = timesPlus(g, g, s[i]);
      w[i] = moved(w[i], move, g, round(round(Math.sqrt(s[i])) + round(eps)));
    }
  }
}
