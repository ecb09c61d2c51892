package dev.alig.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/** Kernels on memory segments, written with the Vector API. */
final class VectorKernels implements MemoryKernels {
  /** Bytes of parameters; a step on them takes one thread about 16 µs. */
  private static final long PARALLEL_FROM = 1 << 18;

  /** The widest vectors, in bits, that the last lanes of a sum fill. */
  private static final int WIDEST = FloatSquares.LAST * Float.SIZE;

  /**
   * Loads the classes that the kernels need.
   *
   * @throws UnsupportedOperationException if this processor's vectors do not fit
   * @throws RuntimeException if access to native memory is denied
   */
  VectorKernels() {
    int bits = DoubleVector.SPECIES_PREFERRED.vectorBitSize();
    if (bits > WIDEST) {
      throw new UnsupportedOperationException(
          "this processor's vectors have " + bits + " bits, and must have at most " + WIDEST);
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
