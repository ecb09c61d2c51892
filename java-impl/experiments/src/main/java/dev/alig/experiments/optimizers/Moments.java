package dev.alig.experiments.optimizers;

import java.util.List;

/**
 * What AdamW and Yogi of {@code alig.th} have in common: two running means m and s, and in step t,
 * counted from 1,
 *
 * <p>w ← w - γ√(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√s + ε).
 *
 * <p>Unlike in {@code torch.optim}, the correction of s does not reach ε.
 */
abstract class Moments extends FlatOptimizer {
  private static final String MEAN = "exp_avg";
  private static final String SQUARES = "exp_avg_sq";

  final double beta2;
  final double decay;
  private final double beta1;
  private final double eps;

  Moments(Format format, int size, double beta1, double beta2, double eps, double decay) {
    super(format, size, List.of(MEAN, SQUARES));
    this.beta1 = requireDecayRate("beta1", beta1);
    this.beta2 = requireDecayRate("beta2", beta2);
    this.eps = requireNotNegative("eps", eps);
    this.decay = requireNotNegative("decay", decay);
  }

  /** The parameter after its decay. */
  abstract double kept(double w, double rate);

  /** The gradient from which the means are taken. */
  abstract double gradient(double gradient, double w);

  /** The next mean of squares. */
  abstract double squares(double s, double g);

  @Override
  final void take(double loss, double rate, double[] w, double[] gradient) {
    double[] m = vector(MEAN);
    double[] s = vector(SQUARES);
    double move = round(-(rate * Math.sqrt(unbias(beta2)) / unbias(beta1)));
    double added = round(1 - beta1);
    for (int i = 0; i < w.length; i++) {
      double g = gradient(gradient[i], w[i]);
      m[i] = timesPlus(g, added, round(round(beta1) * m[i]));
      s[i] = squares(s[i], g);
      double denominator = round(round(Math.sqrt(s[i])) + round(eps));
      w[i] = moved(kept(w[i], rate), move, m[i], denominator);
    }
  }
}
