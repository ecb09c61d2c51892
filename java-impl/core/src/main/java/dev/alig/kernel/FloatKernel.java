package dev.alig.kernel;

/**
 * {@code float} elements.
 *
 * <p>{@link FloatSquares} adds the squares of a block of {@value MemoryKernel#BLOCK} elements in
 * {@code float}, and the sum of the blocks is compensated. So the relative error of the sum is at
 * most 12·2⁻²⁴ for any length. Blocks beyond the range of {@code float} are added in {@code double}
 * by {@link WideSquares}, as are all blocks of a wide sum. The sum of finite elements never
 * overflows.
 */
final class FloatKernel implements Kernel<float[]> {
  @Override
  public double sumOfSquares(Slice<float[]> values, boolean wide) {
    FloatSquares narrow = new FloatSquares();
    WideSquares inDouble = new WideSquares();
    CompensatedSum sum = new CompensatedSum();
    int end = values.offset() + values.length();
    for (int i = values.offset(); i < end; i += MemoryKernel.BLOCK) {
      int to = Math.min(end, i + MemoryKernel.BLOCK);
      double block = wide ? Double.NaN : narrow.of(values.array(), i, to);
      sum.add(FloatSquares.holds(block) ? block : inDouble.of(values.array(), i, to), 0);
    }
    return sum.value();
  }

  @Override
  public boolean allFinite(Slice<float[]> values) {
    return Double.isFinite(sumOfSquares(values, true));
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
    move(parameters, momenta, gradients, Factors.standard(stepSize, momentum));
  }

  @Override
  public void adjusted(
      Slice<float[]> parameters,
      Slice<float[]> momenta,
      Slice<float[]> gradients,
      double stepSize,
      double momentum) {
    move(parameters, momenta, gradients, Factors.adjusted(stepSize, momentum));
  }

  void move(
      Slice<float[]> parameters, Slice<float[]> momenta, Slice<float[]> gradients, Factors f) {
    parameters.requireLengthOf(momenta);
    parameters.requireLengthOf(gradients);
    float[] p = parameters.array();
    float[] v = momenta.array();
    float[] g = gradients.array();
    int toV = momenta.offset() - parameters.offset();
    int toG = gradients.offset() - parameters.offset();
    int end = parameters.offset() + parameters.length();
    float descent = (float) f.descent();
    float decay = (float) f.decay();
    float pull = (float) f.pull();
    float push = (float) f.push();
    for (int i = parameters.offset(); i < end; i++) {
      float gi = g[i + toG];
      float vi = Math.fma(gi, pull, decay * v[i + toV]);
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
