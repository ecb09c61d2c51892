package dev.alig.kernel;

import dev.alig.Precision;

/** One element type, reached through {@code double[]} so that tests need no twin for each type. */
interface Elements<A> {
  /** The type that holds values of a precision. */
  static Elements<?> of(Precision precision) {
    return precision == Precision.DOUBLE ? new Doubles() : new Floats(precision);
  }

  Kernel<A> kernel();

  /** A copy of the values, behind as many others as the margin says. */
  Slice<A> slice(double[] values, int margin);

  double[] values(Slice<A> slice);

  /** {@code double[]}. */
  record Doubles() implements Elements<double[]> {
    @Override
    public Kernel<double[]> kernel() {
      return Kernels.ofDoubles();
    }

    @Override
    public Slice<double[]> slice(double[] values, int margin) {
      double[] array = new double[values.length + 2 * margin];
      System.arraycopy(values, 0, array, margin, values.length);
      return new Slice<>(array, margin, values.length);
    }

    @Override
    public double[] values(Slice<double[]> slice) {
      double[] values = new double[slice.length()];
      System.arraycopy(slice.array(), slice.offset(), values, 0, values.length);
      return values;
    }
  }

  /** {@code float[]}, for {@code float} and the half formats. */
  record Floats(Precision precision) implements Elements<float[]> {
    @Override
    public Kernel<float[]> kernel() {
      return precision == Precision.FLOAT ? Kernels.ofFloats() : Kernels.ofHalves(precision);
    }

    @Override
    public Slice<float[]> slice(double[] values, int margin) {
      float[] array = new float[values.length + 2 * margin];
      for (int i = 0; i < values.length; i++) {
        array[margin + i] = (float) values[i];
      }
      return new Slice<>(array, margin, values.length);
    }

    @Override
    public double[] values(Slice<float[]> slice) {
      double[] values = new double[slice.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = slice.array()[slice.offset() + i];
      }
      return values;
    }
  }
}
