package dev.alig.experiments.optimizers;

import java.util.List;

/**
 * RMSProp, as {@code torch.optim.RMSprop} without momentum and without centring.
 *
 * <p>g ← g + λw; s ← αs + (1 - α)g²; w ← w - γg / (√s + ε) (Tieleman and Hinton, lecture 6.5 of
 * "Neural Networks for Machine Learning", 2012).
 */
public final class RmsProp extends FlatOptimizer {
  /** The vector s. */
  public static final String SQUARES = "square_avg";

  private final double alpha;
  private final double eps;
  private final double decay;

  /**
   * Creates the optimizer.
   *
   * @param alpha α, in [0, 1)
   * @param eps ε, at least 0
   * @param decay λ, at least 0
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public RmsProp(Format format, int size, double alpha, double eps, double decay) {
    super(format, size, List.of(SQUARES));
    this.alpha = requireDecayRate("alpha", alpha);
    this.eps = requireNotNegative("eps", eps);
    this.decay = requireNotNegative("decay", decay);
  }

  @Override
  void take(double loss, double rate, double[] w, double[] gradient) {
    double[] s = vector(SQUARES);
    double kept = round(alpha);
    double added = round(1 - alpha);
    double move = round(-rate);
    for (int i = 0; i < w.length; i++) {
      double g = decayed(gradient[i], decay, w[i]);
      s[i] = timesPlus(round(added * g), g, round(kept * s[i]));
      w[i] = moved(w[i], move, g, round(round(Math.sqrt(s[i])) + round(eps)));
    }
  }
}
