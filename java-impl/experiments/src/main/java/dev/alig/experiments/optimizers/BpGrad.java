package dev.alig.experiments.optimizers;

import java.util.List;

/**
 * BPGrad (Zhang, Wu and Wang, CVPR 2018, arXiv:1711.06959) with its look-back of 1, for which the
 * lower bound of the loss is 0.
 *
 * <p>f ← f + λ/2 ‖w‖²; g ← g + λw; v ← μv - ηf / (‖g‖ + ε) · g; w ← w + v, where η is 1/L for a
 * Lipschitz constant L. The norms run over all parameters.
 *
 * <p>Without momentum this moves w by -ηf / (‖g‖ + ε) · g. The package that the authors of ALI-G
 * used moves nothing then.
 */
public final class BpGrad extends FlatOptimizer {
  /** The vector v. */
  public static final String VELOCITY = "v";

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
  public BpGrad(Format format, int size, double momentum, double decay, double eps) {
    super(format, size, List.of(VELOCITY));
    this.momentum = requireDecayRate("momentum", momentum);
    this.decay = requireNotNegative("decay", decay);
    this.eps = requireNotNegative("eps", eps);
  }

  @Override
  void take(double loss, double rate, double[] w, double[] gradient) {
    double[] v = vector(VELOCITY);
    double[] g = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      g[i] = decayed(gradient[i], decay, w[i]);
    }
    double objective = round(loss);
    if (decay != 0) {
      objective = timesPlus(round(0.5 * decay), innerProduct(w, w), objective);
    }
    double norm = round(Math.sqrt(innerProduct(g, g)));
    double size = round(objective / round(norm + round(eps)));
    double descent = round(-(rate * size));
    for (int i = 0; i < w.length; i++) {
      v[i] = timesPlus(g[i], descent, round(round(momentum) * v[i]));
      w[i] = round(w[i] + v[i]);
    }
  }
}
