package dev.alig.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/** The Vector API on memory segments. */
final class VectorKernels implements MemoryKernels {
  /** Bytes of parameters that one thread takes some 16 µs for. */
  private static final long PARALLEL_FROM = 1 << 18;

  /** The narrowest vectors that {@link VectorFloats} can cut in half. */
  private static final int NARROWEST = 128;

  /** Below, doubles of one vector would not fill the lanes evenly. */
  private static final int WIDEST = DoubleSquares.LANES * Double.SIZE;

  /**
   * Loads what the kernels need.
   *
   * @throws UnsupportedOperationException if this processor's vectors do not fit
   * @throws RuntimeException if access to native memory is denied
   */
  VectorKernels() {
    int bits = DoubleVector.SPECIES_PREFERRED.vectorBitSize();
    if (bits < NARROWEST || bits > WIDEST) {
      throw new UnsupportedOperationException("vectors of " + bits + " bits");
    }
    ofFloats();
    ofDoubles();
    Memory.at(0, 0);
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public String description() {
    return "Vector API on off-heap memory, "
        + FloatVector.SPECIES_PREFERRED.vectorBitSize()
        + " bits";
  }

  @Override
  public MemoryKernel ofFloats() {
    return new VectorFloats();
  }

  @Override
  public MemoryKernel ofDoubles() {
    return new VectorDoubles();
  }

  @Override
  public long parallelFrom(int bytesPerElement) {
    return PARALLEL_FROM / bytesPerElement;
  }
}
