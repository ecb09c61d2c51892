package dev.alig.experiments.optimizers;

/**
 * Adam with decoupled weight decay, as {@code alig.th.AdamW}.
 *
 * <p>w ← (1 - γλ)w; m ← β₁m + (1 - β₁)g; s ← β₂s + (1 - β₂)g²; then w ← w - γ√(1 - β₂ᵗ) / (1 - β₁ᵗ)
 * · m / (√s + ε) (Loshchilov and Hutter, ICLR 2019, arXiv:1711.05101).
 */
public final class AdamW extends Moments {
  /**
   * Creates the optimizer.
   *
   * @param beta1 β₁, in [0, 1)
   * @param beta2 β₂, in [0, 1)
   * @param eps ε, at least 0
   * @param decay λ, at least 0
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public AdamW(Format format, int size, double beta1, double beta2, double eps, double decay) {
    super(format, size, beta1, beta2, eps, decay);
  }

  @Override
  double kept(double w, double rate) {
    return round(w * round(1 - rate * decay));
  }

  @Override
  double gradient(double gradient, double w) {
    return gradient;
  }

  @Override
  double squares(double s, double g) {
    return timesPlus(round(round(1 - beta2) * g), g, round(round(beta2) * s));
  }
}
