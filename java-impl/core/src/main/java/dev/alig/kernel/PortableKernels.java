package dev.alig.kernel;

/**
 * Kernels for every JDK. Parts of the memory are copied to the heap, where HotSpot vectorizes
 * loops.
 */
final class PortableKernels implements MemoryKernels {
  static final String NAME = "portable";

  /** Bytes of parameters; a step on them takes one thread about 40 µs. */
  private static final long PARALLEL_FROM = 1 << 18;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "parts copied to the heap by " + Transfer.means();
  }

  @Override
  public int vectorBits() {
    return 0;
  }

  @Override
  public MemoryKernel ofFloats() {
    return new PortableFloats();
  }

  @Override
  public MemoryKernel ofDoubles() {
    return new PortableDoubles();
  }

  @Override
  public long parallelFrom(int bytesPerElement) {
    return PARALLEL_FROM / bytesPerElement;
  }
}
