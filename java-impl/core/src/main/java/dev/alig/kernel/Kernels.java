package dev.alig.kernel;

import dev.alig.Precision;

/** The kernels there are. */
public final class Kernels {
  private Kernels() {}

  /** Arithmetic in {@code float}. */
  public static Kernel<float[]> ofFloats() {
    return new FloatKernel();
  }

  /** Arithmetic in {@code double}. */
  public static Kernel<double[]> ofDoubles() {
    return new DoubleKernel();
  }

  /**
   * Arithmetic in {@code float} with every result rounded to a half format.
   *
   * <p>The elements are values of that format, held in {@code float}.
   */
  public static Kernel<float[]> ofHalves(Precision precision) {
    return new HalfKernel(precision);
  }
}
