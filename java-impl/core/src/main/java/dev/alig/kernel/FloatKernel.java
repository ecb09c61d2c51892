package dev.alig.kernel;

/**
 * {@code float} elements.
 *
 * <p>Squares are exact in {@code double} and summed there in four lanes: the relative error of the
 * sum is at most n/4 + 3 units of 2⁻⁵³, invisible in {@code float} up to a billion elements. The
 * sum of finite elements never overflows.
 */
final class FloatKernel implements Kernel<float[]> {
  @Override
  public double sumOfSquares(Slice<float[]> values) {
    float[] x = values.array();
    int end = values.offset() + values.length();
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = values.offset();
    for (; i < end - 3; i += 4) {
      s0 += (double) x[i] * x[i];
      s1 += (double) x[i + 1] * x[i + 1];
      s2 += (double) x[i + 2] * x[i + 2];
      s3 += (double) x[i + 3] * x[i + 3];
    }
    for (; i < end; i++) {
      s0 += (double) x[i] * x[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public boolean allFinite(Slice<float[]> values) {
    return Double.isFinite(sumOfSquares(values));
  }

  @Override
  public void plain(Slice<float[]> parameters, Slice<float[]> gradients, double stepSize) {
    parameters.requireLengthOf(gradients);
    float[] p = parameters.array();
    float[] g = gradients.array();
    int toG = gradients.offset() - parameters.offset();
    int end = parameters.offset() + parameters.length();
    float descent = (float) -stepSize;
    for (int i = parameters.offset(); i < end; i++) {
      p[i] = Math.fma(g[i + toG], descent, p[i]);
    }
  }

  @Override
  public void standard(
      Slice<float[]> parameters,
      Slice<float[]> momenta,
      Slice<float[]> gradients,
      double stepSize,
      double momentum) {
    parameters.requireLengthOf(momenta);
    parameters.requireLengthOf(gradients);
    float[] p = parameters.array();
    float[] v = momenta.array();
    float[] g = gradients.array();
    int toV = momenta.offset() - parameters.offset();
    int toG = gradients.offset() - parameters.offset();
    int end = parameters.offset() + parameters.length();
    float descent = (float) -stepSize;
    float mu = (float) momentum;
    for (int i = parameters.offset(); i < end; i++) {
      float gi = g[i + toG];
      float vi = Math.fma(gi, descent, mu * v[i + toV]);
      v[i + toV] = vi;
      p[i] = Math.fma(vi, mu, Math.fma(gi, descent, p[i]));
    }
  }

  @Override
  public void adjusted(
      Slice<float[]> parameters,
      Slice<float[]> momenta,
      Slice<float[]> gradients,
      double stepSize,
      double momentum) {
    parameters.requireLengthOf(momenta);
    parameters.requireLengthOf(gradients);
    float[] p = parameters.array();
    float[] v = momenta.array();
    float[] g = gradients.array();
    int toV = momenta.offset() - parameters.offset();
    int toG = gradients.offset() - parameters.offset();
    int end = parameters.offset() + parameters.length();
    float descent = (float) -stepSize;
    float mu = (float) momentum;
    float push = (float) (stepSize * momentum);
    for (int i = parameters.offset(); i < end; i++) {
      float gi = g[i + toG];
      float vi = mu * v[i + toV] - gi;
      v[i + toV] = vi;
      p[i] = Math.fma(vi, push, Math.fma(gi, descent, p[i]));
    }
  }

  @Override
  public void scale(Slice<float[]> values, double factor) {
    float[] x = values.array();
    int end = values.offset() + values.length();
    float f = (float) factor;
    for (int i = values.offset(); i < end; i++) {
      x[i] *= f;
    }
  }
}
