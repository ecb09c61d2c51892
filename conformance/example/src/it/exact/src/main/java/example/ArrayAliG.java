package example;

/**
 * ALI-G on plain arrays: γ = min(loss / (Σ‖g‖² + eps), cap) in each group; then a step, then the
 * projection on the l2 ball.
 *
 * <p>All arrays are of {@code double}; in single precision every result is rounded to {@code
 * float}.
 */
public final class ArrayAliG {
  private final boolean single;
  private final double eps;
  private final boolean adjusted;
  private final double radius;

  /**
   * An optimizer.
   *
   * @param single whether to compute in {@code float}
   * @param adjusted the adjusted form of the momentum in place of the standard one
   * @param radius of the l2 ball; infinite for none
   * @throws IllegalArgumentException if eps or the radius is negative or NaN
   */
  public ArrayAliG(boolean single, double eps, boolean adjusted, double radius) {
    if (!(eps >= 0)) {
      throw new IllegalArgumentException("eps must be >= 0, was " + eps);
    }
    if (!(radius >= 0)) {
      throw new IllegalArgumentException("radius must be >= 0, was " + radius);
    }
    this.single = single;
    this.eps = eps;
    this.adjusted = adjusted;
    this.radius = radius;
  }

  /** The step size before the caps, from all gradients. */
  public double unclipped(double loss, double[][] gradients) {
    double sum = sumOfSquaredNorms(gradients);
    return gradients.length == 0
        ? loss / (0.0 + eps)
        : round(round(loss) / round(sum + round(eps)));
  }

  /**
   * The step size after a cap; NaN stays.
   *
   * @throws IllegalArgumentException if the cap is not above 0
   */
  public static double capped(double unclipped, double cap) {
    if (!(cap > 0)) {
      throw new IllegalArgumentException("maxLearningRate must be > 0, was " + cap);
    }
    return cap < unclipped ? cap : unclipped;
  }

  /** Updates a parameter w and its momentum v along a gradient. */
  public void update(double stepSize, double momentum, double[] w, double[] v, double[] gradient) {
    double descent = -round(stepSize);
    double mu = round(momentum);
    double push = round(stepSize * momentum);
    for (int i = 0; i < w.length; i++) {
      double g = gradient[i];
      w[i] = fma(g, descent, w[i]);
      if (momentum != 0) {
        double decayed = round(mu * v[i]);
        v[i] = adjusted ? round(decayed - g) : fma(g, descent, decayed);
        w[i] = fma(v[i], adjusted ? push : mu, w[i]);
      }
    }
  }

  /** Scales all parameters onto the ball, if they lie outside. */
  public void project(double[][] parameters) {
    double norm = round(Math.sqrt(sumOfSquaredNorms(parameters)));
    if (norm > round(radius)) {
      double factor = round(round(1 / norm) * round(radius));
      for (double[] w : parameters) {
        for (int i = 0; i < w.length; i++) {
          w[i] = round(w[i] * factor);
        }
      }
    }
  }

  private double sumOfSquaredNorms(double[][] tensors) {
    double total = 0;
    for (double[] tensor : tensors) {
      double sum = 0;
      for (double x : tensor) {
        sum += x * x;
      }
      double norm = round(Math.sqrt(sum));
      total = round(total + round(norm * norm));
    }
    return total;
  }

  private double fma(double a, double b, double c) {
    return single ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
  }

  private double round(double x) {
    return single ? (float) x : x;
  }
}
