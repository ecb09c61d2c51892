package dev.alig.kernel;

/**
 * {@code double} elements.
 *
 * <p>The sum of squares carries the rounding errors of every square and every addition along, which
 * gives the quality of twice the precision: its relative error is about 2⁻⁵³ + n²·2⁻¹⁰⁶ (algorithm
 * Dot2 of T. Ogita, S. M. Rump, S. Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput.
 * 26(6), 2005), unless a square underflows. A sum too large for {@code double} is infinite.
 */
final class DoubleKernel implements Kernel<double[]> {
  @Override
  public double sumOfSquares(Slice<double[]> values) {
    double[] x = values.array();
    int end = values.offset() + values.length();
    double sum = 0;
    double lost = 0;
    for (int i = values.offset(); i < end; i++) {
      double square = x[i] * x[i];
      double next = sum + square;
      double added = next - sum;
      lost += (sum - (next - added)) + (square - added) + Math.fma(x[i], x[i], -square);
      sum = next;
    }
    double compensated = sum + lost;
    return Double.isNaN(compensated) ? sum : compensated;
  }

  @Override
  public boolean allFinite(Slice<double[]> values) {
    double[] x = values.array();
    int end = values.offset() + values.length();
    for (int i = values.offset(); i < end; i++) {
      if (!Double.isFinite(x[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void plain(Slice<double[]> parameters, Slice<double[]> gradients, double stepSize) {
    parameters.requireLengthOf(gradients);
    double[] p = parameters.array();
    double[] g = gradients.array();
    int toG = gradients.offset() - parameters.offset();
    int end = parameters.offset() + parameters.length();
    double descent = -stepSize;
    for (int i = parameters.offset(); i < end; i++) {
      p[i] = Math.fma(g[i + toG], descent, p[i]);
    }
  }

  @Override
  public void standard(
      Slice<double[]> parameters,
      Slice<double[]> momenta,
      Slice<double[]> gradients,
      double stepSize,
      double momentum) {
    parameters.requireLengthOf(momenta);
    parameters.requireLengthOf(gradients);
    double[] p = parameters.array();
    double[] v = momenta.array();
    double[] g = gradients.array();
    int toV = momenta.offset() - parameters.offset();
    int toG = gradients.offset() - parameters.offset();
    int end = parameters.offset() + parameters.length();
    double descent = -stepSize;
    double mu = momentum;
    for (int i = parameters.offset(); i < end; i++) {
      double gi = g[i + toG];
      double vi = Math.fma(gi, descent, mu * v[i + toV]);
      v[i + toV] = vi;
      p[i] = Math.fma(vi, mu, Math.fma(gi, descent, p[i]));
    }
  }

  @Override
  public void adjusted(
      Slice<double[]> parameters,
      Slice<double[]> momenta,
      Slice<double[]> gradients,
      double stepSize,
      double momentum) {
    parameters.requireLengthOf(momenta);
    parameters.requireLengthOf(gradients);
    double[] p = parameters.array();
    double[] v = momenta.array();
    double[] g = gradients.array();
    int toV = momenta.offset() - parameters.offset();
    int toG = gradients.offset() - parameters.offset();
    int end = parameters.offset() + parameters.length();
    double descent = -stepSize;
    double mu = momentum;
    double push = stepSize * momentum;
    for (int i = parameters.offset(); i < end; i++) {
      double gi = g[i + toG];
      double vi = mu * v[i + toV] - gi;
      v[i + toV] = vi;
      p[i] = Math.fma(vi, push, Math.fma(gi, descent, p[i]));
    }
  }

  @Override
  public void scale(Slice<double[]> values, double factor) {
    double[] x = values.array();
    int end = values.offset() + values.length();
    double f = factor;
    for (int i = values.offset(); i < end; i++) {
      x[i] *= f;
    }
  }
}
