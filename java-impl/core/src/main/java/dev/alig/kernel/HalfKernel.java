package dev.alig.kernel;

import dev.alig.Precision;

/**
 * Elements of a half format held in {@code float}: each operation computes in {@code float} and
 * rounds its result to the format.
 *
 * <p>As on torch's CPU, −γ, μ and γ·μ are rounded to the format where they scale an addend, and
 * only to {@code float} where μ multiplies v. Torch vectorizes whole blocks of elements that way;
 * in the remainder that fills no block it also rounds the product of a multiply-add. Here every
 * element is treated like those in blocks.
 */
final class HalfKernel implements Kernel<float[]> {
  private final Precision precision;
  private final FloatKernel floats = new FloatKernel();

  HalfKernel(Precision precision) {
    this.precision = precision;
  }

  @Override
  public double sumOfSquares(Slice<float[]> values) {
    return floats.sumOfSquares(values);
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
    parameters.requireLengthOf(momenta);
    parameters.requireLengthOf(gradients);
    addScaled(parameters, gradients, -stepSize);
    scale(momenta, momentum);
    addScaled(momenta, gradients, -stepSize);
    addScaled(parameters, momenta, momentum);
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
    addScaled(parameters, gradients, -stepSize);
    scale(momenta, momentum);
    addScaled(momenta, gradients, -1);
    addScaled(parameters, momenta, stepSize * momentum);
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
    float f = (float) precision.round(factor);
    for (int i = target.offset(); i < end; i++) {
      x[i] = (float) precision.round(Math.fma(y[i + toY], f, x[i]));
    }
  }
}
