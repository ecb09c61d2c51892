package dev.alig.experiments.optimizers;

import java.util.List;

/**
 * Stochastic gradient descent, as {@code torch.optim.SGD} without dampening.
 *
 * <p>g ← g + λw; b ← μb + g, in the first step b ← g; w ← w - γ(g + μb) with Nesterov momentum, w ←
 * w - γb without. If μ is 0 the step is w ← w - γg.
 */
public final class Sgd extends FlatOptimizer {
  /** The vector b. */
  public static final String BUFFER = "momentum_buffer";

  private final double momentum;
  private final boolean nesterov;
  private final double decay;

  /**
   * Creates the optimizer.
   *
   * @param momentum μ, in [0, 1)
   * @param nesterov whether momentum is Nesterov's
   * @param decay λ, at least 0
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public Sgd(Format format, int size, double momentum, boolean nesterov, double decay) {
    super(format, size, List.of(BUFFER));
    this.momentum = requireDecayRate("momentum", momentum);
    this.nesterov = nesterov;
    this.decay = requireNotNegative("decay", decay);
  }

  @Override
  void take(double loss, double rate, double[] w, double[] gradient) {
    double[] buffer = vector(BUFFER);
    double mu = round(momentum);
    double descent = round(-rate);
    boolean first = t() == 1;
    for (int i = 0; i < w.length; i++) {
      double g = decayed(gradient[i], decay, w[i]);
      double direction = g;
      if (momentum != 0) {
        buffer[i] = first ? g : round(round(mu * buffer[i]) + g);
        direction = nesterov ? timesPlus(buffer[i], mu, g) : buffer[i];
      }
      w[i] = timesPlus(direction, descent, w[i]);
    }
  }
}
