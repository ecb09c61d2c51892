package example;

/**
 * Stochastic gradient descent with Nesterov momentum, on one {@code float} array: b ← μb + g, then
 * w ← w - γ(g + μb); without momentum w ← w - γg.
 */
public final class NesterovSgd {
  private final float learningRate;
  private final float momentum;

  /** An optimizer with a fixed learning rate γ and momentum μ. */
  public NesterovSgd(double learningRate, double momentum) {
    this.learningRate = (float) learningRate;
    this.momentum = (float) momentum;
  }

  /**
   * Takes a step on {@code w}, whose momentum buffer is {@code b}, along the gradient {@code g}.
   */
  public void step(float[] w, float[] b, float[] g) {
    for (int i = 0; i < w.length; i++) {
      float direction = g[i];
      if (momentum != 0) {
        b[i] = momentum * b[i] + g[i];
        direction = Math.fma(b[i], momentum, g[i]);
      }
      w[i] = Math.fma(direction, -learningRate, w[i]);
    }
  }
}
