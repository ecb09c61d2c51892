package dev.alig.experiments.optimizers;

/**
 * Yogi, as {@code alig.th.Yogi}: Adam whose mean of squares changes by a bounded amount per step.
 *
 * <p>g ← g + λw; m ← β₁m + (1 - β₁)g; s ← s - (1 - β₂) sign(s - g²) g²; then w ← w - γ√(1 - β₂ᵗ) /
 * (1 - β₁ᵗ) · m / (√s + ε) (Zaheer et al., NeurIPS 2018).
 */
public final class Yogi extends Moments {
  /**
   * Creates the optimizer.
   *
   * @param beta1 β₁, in [0, 1)
   * @param beta2 β₂, in [0, 1)
   * @param eps ε, at least 0
   * @param decay λ, at least 0
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public Yogi(Format format, int size, double beta1, double beta2, double eps, double decay) {
    super(format, size, beta1, beta2, eps, decay);
  }

  @Override
  double kept(double w, double rate) {
    return w;
  }

  @Override
  double gradient(double gradient, double w) {
    return decayed(gradient, decay, w);
  }

  @Override
  double squares(double s, double g) {
    double square = round(g * g);
    double change = Math.signum(round(s - square)) * square;
    return timesPlus(change, round(-(1 - beta2)), s);
  }
}
