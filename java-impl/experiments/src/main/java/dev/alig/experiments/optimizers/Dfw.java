package dev.alig.experiments.optimizers;

import java.util.List;

/**
 * Deep Frank-Wolfe (Berrada, Zisserman and Kumar, ICLR 2019, arXiv:1811.07591).
 *
 * <p>With r = λw and γ = (f - η⟨g, r⟩) / (η‖g‖² + ε), clipped to [0, 1]: w ← w - η(r + γg), then z
 * ← μz - ηγ(g + r) and w ← w + μz. γ is the optimal step in the dual of the proximal problem. The
 * sums run over all parameters, and f is the loss without the decay.
 *
 * <p>Special case: NaN in the loss or a gradient gives a γ that is NaN.
 */
public final class Dfw extends FlatOptimizer {
  /** The vector z. */
  public static final String BUFFER = "momentum_buffer";

  private final double momentum;
  private final double decay;
  private final double eps;

  /**
   * Creates the optimizer.
   *
   * @param momentum μ, in [0, 1)
   * @param decay λ, at least 0
   * @param eps ε, at least 0
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public Dfw(Format format, int size, double momentum, double decay, double eps) {
    super(format, size, List.of(BUFFER));
    this.momentum = requireDecayRate("momentum", momentum);
    this.decay = requireNotNegative("decay", decay);
    this.eps = requireNotNegative("eps", eps);
  }

  @Override
  void take(double loss, double rate, double[] w, double[] gradient) {
    double[] z = vector(BUFFER);
    double[] r = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      r[i] = round(round(decay) * w[i]);
    }
    double eta = round(rate);
    double gamma = gamma(loss, eta, innerProduct(gradient, r), innerProduct(gradient, gradient));
    double descent = round(-(rate * gamma));
    for (int i = 0; i < w.length; i++) {
      double direction = timesPlus(gamma, gradient[i], r[i]);
      w[i] = timesPlus(direction, -eta, w[i]);
      if (momentum != 0) {
        z[i] = timesPlus(round(gradient[i] + r[i]), descent, round(round(momentum) * z[i]));
        w[i] = timesPlus(z[i], round(momentum), w[i]);
      }
    }
  }

  private double gamma(double loss, double eta, double along, double squares) {
    double numerator = round(round(loss) - round(eta * along));
    double denominator = round(round(eta * squares) + round(eps));
    return Math.min(Math.max(round(numerator / denominator), 0), 1);
  }
}
