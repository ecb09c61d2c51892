package dev.alig.experiments.optimizers;

import java.util.List;

/**
 * Adam and AMSGrad, as {@code torch.optim.Adam}.
 *
 * <p>g ← g + λw; m ← m + (1 - β₁)(g - m); s ← β₂s + (1 - β₂)g². In step t, counted from 1:
 *
 * <p>w ← w - γ / (1 - β₁ᵗ) · m / (√v / √(1 - β₂ᵗ) + ε)
 *
 * <p>where v is s in Adam (Kingma and Ba, ICLR 2015, arXiv:1412.6980) and the largest s so far in
 * AMSGrad (Reddi, Kale and Kumar, ICLR 2018).
 */
public final class Adam extends FlatOptimizer {
  /** The vector m. */
  public static final String MEAN = "exp_avg";

  /** The vector s. */
  public static final String SQUARES = "exp_avg_sq";

  /** The largest s so far, in AMSGrad. */
  public static final String LARGEST = "max_exp_avg_sq";

  private final double beta1;
  private final double beta2;
  private final double eps;
  private final double decay;
  private final boolean amsgrad;

  /**
   * Creates the optimizer.
   *
   * @param beta1 β₁, in [0, 1)
   * @param beta2 β₂, in [0, 1)
   * @param eps ε, at least 0
   * @param decay λ, at least 0
   * @param amsgrad whether this is AMSGrad
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public Adam(
      Format format,
      int size,
      double beta1,
      double beta2,
      double eps,
      double decay,
      boolean amsgrad) {
    super(format, size, amsgrad ? List.of(MEAN, SQUARES, LARGEST) : List.of(MEAN, SQUARES));
    this.beta1 = requireDecayRate("beta1", beta1);
    this.beta2 = requireDecayRate("beta2", beta2);
    this.eps = requireNotNegative("eps", eps);
    this.decay = requireNotNegative("decay", decay);
    this.amsgrad = amsgrad;
  }

  @Override
  void take(double loss, double rate, double[] w, double[] gradient) {
    double[] m = vector(MEAN);
    double[] s = vector(SQUARES);
    double[] largest = vector(LARGEST);
    double kept = round(beta2);
    double added = round(1 - beta2);
    double root = round(Math.sqrt(unbias(beta2)));
    double move = round(-(rate / unbias(beta1)));
    for (int i = 0; i < w.length; i++) {
      double g = decayed(gradient[i], decay, w[i]);
      m[i] = lerp(m[i], g, round(1 - beta1));
      s[i] = timesPlus(round(added * g), g, round(kept * s[i]));
      double second = s[i];
      if (amsgrad) {
        largest[i] = Math.max(largest[i], s[i]);
        second = largest[i];
      }
      double scale = round(round(Math.sqrt(second)) / root);
      w[i] = moved(w[i], move, m[i], round(scale + round(eps)));
    }
  }
}
