package dev.alig.kernel;

import dev.alig.Precision;

/**
 * Elements of a half format, held in {@code float}. Each operation computes in {@code float} and
 * rounds its result to the format.
 *
 * <p>As in torch on the CPU, −γ, μ and γ·μ are rounded to the format if they scale an addend; in
 * the product μ·v, μ is rounded to {@code float} only. Torch does so in the blocks that it
 * vectorizes. In the remainder it also rounds the product of a multiply-add. Here all elements are
 * computed like those in blocks.
 */
final class HalfKernel implements Kernel<float[]> {
  private final Precision precision;
  private final Precision factors;
  private final FloatKernel floats = new FloatKernel();

  /**
   * A kernel.
   *
   * @param precision the format of the elements
   * @param factors the format of factors that scale an addend
   */
  HalfKernel(Precision precision, Precision factors) {
    this.precision = precision;
    this.factors = factors;
  }

  @Override
  public double sumOfSquares(Slice<float[]> values, boolean wide) {
    return floats.sumOfSquares(values, wide);
  }

  @Override
  public boolean allFinite(Slice<float[]> values) {
    return floats.allFinite(values);
  }

  @Override
  public void plain(Slice<float[]> parameters, Slice<float[]> gradients, double stepSize) {
    parameters.requireLengthOf(gradients);
    addScaled(parameters, gradients, -stepSize);
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

  private void move(
      Slice<float[]> parameters, Slice<float[]> momenta, Slice<float[]> gradients, Factors f) {
    parameters.requireLengthOf(momenta);
    parameters.requireLengthOf(gradients);
    addScaled(parameters, gradients, f.descent());
    scale(momenta, f.decay());
    addScaled(momenta, gradients, f.pull());
    addScaled(parameters, momenta, f.push());
  }

  @Override
  public void scale(Slice<float[]> values, double factor) {
    float[] x = values.array();
    int end = values.offset() + values.length();
    float f = (float) factor;
    for (int i = values.offset(); i < end; i++) {
      x[i] = (float) precision.round(x[i] * f);
    }
  }

  private void addScaled(Slice<float[]> target, Slice<float[]> addend, double factor) {
    float[] x = target.array();
    float[] y = addend.array();
    int toY = addend.offset() - target.offset();
    int end = target.offset() + target.length();
    float f = (float) factors.round(factor);
    for (int i = target.offset(); i < end; i++) {
      x[i] = (float) precision.round(Math.fma(y[i + toY], f, x[i]));
    }
  }
}
