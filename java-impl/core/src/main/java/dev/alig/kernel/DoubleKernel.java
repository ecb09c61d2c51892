package dev.alig.kernel;

/**
 * {@code double} elements.
 *
 * <p>The sum of squares also sums the rounding errors of all squares and additions; see {@link
 * DoubleSquares}. It is as accurate as if computed in twice the precision: its relative error is
 * about 2⁻⁵³ + n²·2⁻¹⁰⁶, unless a square underflows. A sum too large for {@code double} is
 * infinite.
 */
final class DoubleKernel implements Kernel<double[]> {
  @Override
  public double sumOfSquares(Slice<double[]> values, boolean wide) {
    DoubleSquares block = new DoubleSquares();
    CompensatedSum sum = new CompensatedSum();
    int end = values.offset() + values.length();
    for (int i = values.offset(); i < end; i += MemoryKernel.BLOCK) {
      block.clear();
      block.add(values.array(), i, Math.min(end, i + MemoryKernel.BLOCK));
      block.fold();
      sum.add(block.sums()[0], block.lost()[0]);
    }
    return sum.value();
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
    move(parameters, momenta, gradients, Factors.standard(stepSize, momentum));
  }

  @Override
  public void adjusted(
      Slice<double[]> parameters,
      Slice<double[]> momenta,
      Slice<double[]> gradients,
      double stepSize,
      double momentum) {
    move(parameters, momenta, gradients, Factors.adjusted(stepSize, momentum));
  }

  void move(
      Slice<double[]> parameters, Slice<double[]> momenta, Slice<double[]> gradients, Factors f) {
    parameters.requireLengthOf(momenta);
    parameters.requireLengthOf(gradients);
    double[] p = parameters.array();
    double[] v = momenta.array();
    double[] g = gradients.array();
    int toV = momenta.offset() - parameters.offset();
    int toG = gradients.offset() - parameters.offset();
    int end = parameters.offset() + parameters.length();
    double descent = f.descent();
    double decay = f.decay();
    double pull = f.pull();
    double push = f.push();
    for (int i = parameters.offset(); i < end; i++) {
      double gi = g[i + toG];
      double vi = Math.fma(gi, pull, decay * v[i + toV]);
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
