package dev.alig.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/** Kernels on memory segments, written with the Vector API. */
final class VectorKernels implements MemoryKernels {
  /** Bytes of parameters; a step on them takes one thread about 16 µs. */
  private static final long PARALLEL_FROM = 1 << 18;

  /** The narrowest vectors, in bits, that {@link VectorFloats} can halve. */
  private static final int NARROWEST = 128;

  /** The widest vectors, in bits, that fit into a row of lanes. */
  private static final int WIDEST = DoubleSquares.LANES * Double.SIZE;

  /**
   * Loads the classes that the kernels need.
   *
   * @throws UnsupportedOperationException if this processor's vectors do not fit
   * @throws RuntimeException if access to native memory is denied
   */
  VectorKernels() {
    int bits = DoubleVector.SPECIES_PREFERRED.vectorBitSize();
    if (bits < NARROWEST || bits > WIDEST) {
      throw new UnsupportedOperationException(
          "this processor's vectors have "
              + bits
              + " bits, and must have "
              + NARROWEST
              + " to "
              + WIDEST);
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
    return "Vector API on off-heap memory, " + vectorBits() + " bits";
  }

  @Override
  public int vectorBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
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
